INSERT DATA { date:_2001-09-10 a sayso:Period ; sayso:edtf "/2001-09-10"^^edtf:EDTF ; sayso:latest "2001-09-10"^^xsd:date }
