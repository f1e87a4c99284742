"""Small XLIFF files as other tools write them, made up for the tests."""

TRADOS = """<?xml version="1.0" encoding="utf-8"?><xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" \
xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" sdl:version="1.0"><doc-info \
xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c1"><Comments><Comment severity="Medium" \
user="李雷" date="2023-11-09T08:00:00" version="1.0">查过</Comment></Comments></cmt-def></cmt-defs></doc-info>\
<file original="a.docx" datatype="x-sdlfilterframework2" source-language="zh-CN" target-language="en-US"><header>\
<file-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><value key="x">y</value></file-info><tag-defs \
xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag id="7"><bpt name="b">&lt;b&gt;</bpt></tag></tag-defs></header>
<body><trans-unit id="s" translate="no"><source><x id="1"/></source></trans-unit>
<trans-unit id="t1"><source><g id="7">大会开幕。</g>会期三天。</source><seg-source><g id="7"><mrk mtype="seg" mid="1">\
大会<x id="9"/>开幕。</mrk></g><mrk mtype="seg" mid="2">会期三天。</mrk></seg-source><target><g id="7">\
<mrk mtype="seg" mid="1"><mrk mtype="x-sdl-comment" sdl:cid="c1">The conference<x id="9"/> opened.</mrk></mrk></g>\
<mrk mtype="seg" mid="2"/></target><sdl:seg-defs><sdl:seg id="1" conf="ApprovedSignOff" locked="true" origin="tm" \
origin-system="main" percent="87"><sdl:value key="last_modified_by">韩梅梅</sdl:value></sdl:seg><sdl:seg id="2"/>\
</sdl:seg-defs></trans-unit></body></file></xliff>"""

MEMOQ = """<?xml version="1.0" encoding="utf-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">
<file original="a.docx" source-language="zh-cn" target-language="en-us" datatype="x-memoq">
<header><mq:docinformation xmlns:mq="MQXliff" docid="d"/></header>
<body>
<trans-unit id="1" mq:status="ManuallyConfirmed" mq:locked="locked" mq:percent="101" mq:segmentguid="g1" \
mq:lastchanginguser="韩梅梅" mq:lastchangedtimestamp="2023-11-09T08:00:00Z">
<source xml:space="preserve">大会<ph id="1">&lt;br/&gt;</ph>开幕。</source>
<target xml:space="preserve">It<ph id="1">&lt;br/&gt;</ph> opened.</target>
<mq:comments><mq:comment id="k" creatoruser="李雷" time="2023" appliesto="Target">查过</mq:comment></mq:comments>
<mq:insertedmatch matchtype="1" source="main" matchrate="85"><source>大会</source><target>Opening</target>\
</mq:insertedmatch>
</trans-unit>
<trans-unit id="2" mq:status="NotStarted"><source xml:space="preserve">闭幕。</source>\
<target xml:space="preserve"></target></trans-unit>
</body></file></xliff>
"""

PLAIN = """<?xml version="1.0" encoding="UTF-8" standalone='yes'?>
<!-- a prolog --><?okapi x?>
<x:xliff version="1.2" xmlns:x="urn:oasis:names:tc:xliff:document:1.2" xmlns:o="urn:o" o:k='v > "w"'>
  <x:file original="a" source-language="zh_CN" target-language="en" datatype="html">
    <x:body><x:group id="g">
      <x:trans-unit id="1" resname='state="no"' o:deep="1">
        <x:source xml:lang="zh-CN">大会<x:g id="1" ctype="bold">开<x:x id="2"/></x:g>幕<![CDATA[<。>]]></x:source>
        <!-- untouched -->
      </x:trans-unit>
      <x:trans-unit id="1" approved="yes"><x:source>会期<x:bpt id="1">&lt;i&gt;</x:bpt>三天\
<x:ept id="1">&lt;/i&gt;</x:ept></x:source>\
<x:target state='signed-off' state-qualifier="leveraged-mt" o:q="1">Three days</x:target>
        <x:note from="李雷" priority="1">查过</x:note>
        <x:alt-trans match-quality="85%" origin="main"><x:target>Three</x:target></x:alt-trans>
        <x:context-group purpose="location"><x:context context-type="linenumber">3</x:context></x:context-group>
      </x:trans-unit>
      <x:trans-unit id="3"><x:source>甲。乙。</x:source><x:seg-source><x:mrk mtype="seg" mid="0">甲。</x:mrk> \
<x:mrk mtype="seg" mid="1">乙。</x:mrk></x:seg-source></x:trans-unit>
      <x:trans-unit id="4" translate="no"><x:source/><x:target/></x:trans-unit>
    </x:group></x:body>
  </x:file>
</x:xliff>
"""

SECOND = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" \
xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" version="2.1" srcLang="zh-Hans" trgLang="en">
 <file id="f1">
  <unit id="u1" canResegment="no">
   <mtc:matches><mtc:match ref="#m1" type="mt" matchQuality="85"><source>大会</source><target>Congress</target>\
</mtc:match></mtc:matches>
   <gls:glossary><gls:glossEntry ref="#m1"><gls:term>大会</gls:term></gls:glossEntry></gls:glossary>
   <notes><note id="n1">查过</note></notes>
   <originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data></originalData>
   <segment id="s1" state="translated" subState="acme:ok">
    <source><mrk id="m1" type="term">大会</mrk><pc id="1" dataRefStart="d1" dataRefEnd="d2">开</pc>幕\
<cp hex="000C"/>。</source>
    <target>The <pc id="1" dataRefStart="d1" dataRefEnd="d2">congress</pc> opened.</target>
   </segment>
   <ignorable><source> </source></ignorable>
   <segment><source><sc id="2" isolated="yes"/>会期三天。</source></segment>
  </unit>
 </file>
</xliff>
"""

SAMPLES = {"trados": TRADOS, "memoq": MEMOQ, "plain": PLAIN, "second": SECOND}
