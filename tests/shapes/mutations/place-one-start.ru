# below 0
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector <RECORD#char=-1,2> . <RECORD#char=-1,2> a oa:TextPositionSelector ; oa:start -1 ; oa:end 2 }

# none
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector <RECORD#char=,2> . <RECORD#char=,2> a oa:TextPositionSelector ; oa:end 2 }

# two
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector <RECORD#char=1,3> . <RECORD#char=1,3> a oa:TextPositionSelector ; oa:start 1 , 2 ; oa:end 3 }

# no whole number
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector <RECORD#char=1.5,2> . <RECORD#char=1.5,2> a oa:TextPositionSelector ; oa:start 1.5 ; oa:end 2 }
