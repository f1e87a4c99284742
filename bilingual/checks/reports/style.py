"""How the page for a client looks: on a screen, light or dark, and on paper."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c1b19;--soft:#625e57;--paper:#fffefb;--line:#dcd7cd;--shade:#f5f2ea;
--error:#a8201a;--warning:#8a5300;--hint:#2c5d8f;--error-back:#ffd9d4;--warning-back:#ffe6b3;--hint-back:#d8e8f8}
@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--soft:#aaa59b;--paper:#191817;--line:#3d3a35;--shade:#242220;
--error:#ff9d92;--warning:#f0bd62;--hint:#93c1ee;--error-back:#5e1f1a;--warning-back:#54400f;--hint-back:#1d3c5a}}
*{box-sizing:border-box}
html{font:100%/1.55 Charter,"Bitstream Charter","Source Serif 4",Georgia,"Liberation Serif",serif;
-webkit-text-size-adjust:100%}
body{margin:0;color:var(--ink);background:var(--paper);overflow-wrap:break-word}
main{max-width:84rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
h1{font-size:1.8rem;line-height:1.25;margin:0 0 .3rem;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:2.6rem 0 .7rem}
h2 small{font-size:.8em;font-weight:400;margin-left:.5em}
.soft{color:var(--soft)}
:lang(zh){font-family:"Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,"Noto Sans CJK SC",serif}
.figures{display:flex;flex-wrap:wrap;gap:.6rem 1rem;margin:1.4rem 0;padding:0;border:0}
.figures legend{font-size:.9rem;color:var(--soft);padding:0;margin-bottom:.4rem}
.figures label{display:grid;grid-template-columns:auto auto;gap:0 .6rem;align-items:center;
padding:.5rem 1rem .5rem .8rem;border:1px solid var(--line);border-left:4px solid var(--kind);
border-radius:4px;cursor:pointer}
.figures label:focus-within{outline:2px solid var(--kind);outline-offset:2px}
.figures input{width:1.1rem;height:1.1rem;accent-color:var(--kind);margin:0}
.figures b{font-size:1.35rem;font-variant-numeric:tabular-nums;color:var(--kind)}
.figures small{grid-column:2;color:var(--soft)}
.error{--kind:var(--error)}.warning{--kind:var(--warning)}.hint{--kind:var(--hint)}
details{margin:1rem 0}
summary{cursor:pointer;color:var(--hint)}
.table{overflow-x:auto}
table{border-collapse:collapse}
th,td{vertical-align:top;text-align:left;padding:.55rem .7rem}
thead th{font-size:.85rem;color:var(--soft);border-bottom:2px solid var(--line)}
tbody tr{border-bottom:1px solid var(--line)}
.kinds th[scope=row]{font-weight:400;white-space:nowrap}
.n{text-align:right;font-variant-numeric:tabular-nums}
.units{width:100%;table-layout:fixed}
.units th:first-child{width:5.5rem}
.units th:nth-child(2){width:27%}
.units th:nth-child(3){width:33%}
.units th[scope=row]{font-weight:400;color:var(--soft);font-variant-numeric:tabular-nums}
.units th small{display:block}
ul{margin:0;padding:0;list-style:none}
li+li{margin-top:.5rem}
li small{display:block;color:var(--soft);font-size:.85rem}
.tag{font-size:.78rem;font-weight:600;border:1px solid var(--kind);border-radius:3px;padding:0 .4em;color:var(--kind)}
.quiet{font-style:italic}
mark{color:inherit;border-bottom:2px solid var(--kind);padding:.05em 0}
mark.error{background:var(--error-back)}mark.warning{background:var(--warning-back)}mark.hint{background:var(--hint-back)}
.fine{color:var(--soft)}
@media(max-width:46rem){.units,.units tbody,.units tr,.units td,.units th{display:block;width:auto!important}
.units thead{position:absolute;clip-path:inset(50%)}.units td{padding:.2rem 0}.units th{padding:.6rem 0 .1rem}}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--line:#bbb}main{max-width:none;padding:0}html{font-size:9.5pt}
.units tr{break-inside:avoid}.figures input{display:none}@page{margin:16mm 14mm}}
"""
