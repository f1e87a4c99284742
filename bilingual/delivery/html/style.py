"""How the pages we make look: on a screen, light or dark, and on paper. Nothing is fetched, no font either."""

COMMON = """
:root{color-scheme:light dark;--ink:#1c1b19;--soft:#6a665f;--paper:#fffefb;--line:#dcd7cd;--shade:#f5f2ea;
--link:#0b57a4;--mark:#fff0b8;--edge:#d9a400}
@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--soft:#a5a096;--paper:#191817;--line:#3d3a35;--shade:#242220;
--link:#8ab8f0;--mark:#4d4013;--edge:#c79a1e}}
*{box-sizing:border-box}
html{font:100%/1.6 Charter,"Bitstream Charter","Source Serif 4",Georgia,"Liberation Serif",serif;
-webkit-text-size-adjust:100%}
body{margin:0;color:var(--ink);background:var(--paper);overflow-wrap:break-word}
h1,h2,h3,h4,h5,h6{line-height:1.25;font-weight:700;text-wrap:balance;break-after:avoid}
a{color:var(--link)}
code{font:.9em/1.4 ui-monospace,Consolas,"DejaVu Sans Mono",monospace}
sup,sub{line-height:0}
mark.unreviewed{background:var(--mark);color:inherit;box-decoration-break:clone;-webkit-box-decoration-break:clone}
.notice{margin:0 0 2rem;padding:.7rem 1rem;border-left:4px solid var(--edge);background:var(--shade);font-size:.9rem}
:lang(zh){font-family:"Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,"Noto Sans CJK SC",serif}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--line:#bbb;--shade:#f3f3f3;--link:#000}
html{font-size:10.5pt}@page{margin:20mm 18mm}}
"""

READING = """
main{max-width:42rem;margin:0 auto;padding:3rem 1.25rem 5rem}
h1{font-size:2rem;margin:0 0 1.2rem}
h2{font-size:1.45rem;margin:2.4rem 0 .8rem}
h3{font-size:1.2rem;margin:2rem 0 .6rem}
h4,h5,h6{font-size:1.05rem;margin:1.6rem 0 .5rem}
p{margin:0 0 1rem;orphans:2;widows:2}
ul,ol{margin:0 0 1rem;padding-left:1.5rem}
li ul,li ol{margin:.2rem 0 .2rem}
li{margin:.2rem 0}
.table{overflow-x:auto;margin:0 0 1.4rem}
table{border-collapse:collapse;min-width:50%;font-size:.95rem}
td{border:1px solid var(--line);padding:.4rem .7rem;vertical-align:top}
tr:first-child td{background:var(--shade);font-weight:600}
td p{margin:0 0 .4rem}
figure{margin:0 0 1.4rem}
figcaption,.credit,.staff,.byline,.note,.mark,.head{color:var(--soft);font-size:.9rem}
figcaption{border-top:1px solid var(--line);padding-top:.4rem}
.byline{font-style:italic}
.credit,.staff{margin-top:-.6rem}
.note{border-left:2px solid var(--line);padding-left:.8rem}
.image{color:var(--soft);font-size:.85em;border:1px solid var(--line);border-radius:3px;padding:0 .35em}
img{max-width:100%;height:auto}
@media print{main{max-width:none;padding:0}.table{overflow:visible}}
"""

BESIDE = """
main{max-width:80rem;margin:0 auto;padding:2rem 1.5rem 4rem}
main>h1{font-size:1.6rem;margin:0 0 1.2rem}
table{width:100%;border-collapse:collapse;table-layout:fixed}
th{position:sticky;top:0;background:var(--paper);text-align:left;padding:.6rem 1rem;font-size:.85rem;color:var(--soft);
border-bottom:2px solid var(--line);z-index:1}
td{vertical-align:top;padding:.35rem 1rem}
td+td,th+th{border-left:1px solid var(--line)}
tbody{border-bottom:1px solid var(--line)}
tbody tr:first-child td{padding-top:.7rem}
tbody tr:last-child td{padding-bottom:.7rem}
tr{break-inside:avoid}
.title td{font-size:1.5rem;font-weight:700;line-height:1.3}
.heading td{font-weight:700;background:var(--shade)}
.heading.level1 td{font-size:1.25rem}
.heading.level2 td{font-size:1.1rem}
.byline td,.credit td,.staff td,.caption td,.note td,.mark td,.running td{color:var(--soft);font-size:.92rem}
.item td{padding-left:2rem}
.item.level2 td{padding-left:3rem}
.item.level3 td{padding-left:4rem}
td.unreviewed{box-shadow:inset 3px 0 var(--edge)}
.image{color:var(--soft);font-size:.85em}
.key{display:inline-block;width:.3rem;height:1em;background:var(--edge);vertical-align:-.15em;margin-right:.4rem}
@media print{main{max-width:none;padding:0}th{position:static}thead{display:table-header-group}
td.unreviewed{box-shadow:none;border-left:2pt solid #888}}
"""
