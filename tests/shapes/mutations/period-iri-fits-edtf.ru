INSERT DATA { date:that-day a sayso:Period ; sayso:edtf "2001-09-10"^^edtf:EDTF ; sayso:earliest "2001-09-10"^^xsd:date ; sayso:latest "2001-09-10"^^xsd:date }
