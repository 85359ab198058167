# none
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector <RECORD#char=1,> . <RECORD#char=1,> a oa:TextPositionSelector ; oa:start 1 }

# two
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector <RECORD#char=1,2> . <RECORD#char=1,2> a oa:TextPositionSelector ; oa:start 1 ; oa:end 2 , 3 }

# no whole number
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector <RECORD#char=1,2.5> . <RECORD#char=1,2.5> a oa:TextPositionSelector ; oa:start 1 ; oa:end 2.5 }
