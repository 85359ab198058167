INSERT DATA { date:1865 a sayso:Period ; sayso:edtf "1865"^^edtf:EDTF ; sayso:earliest "1866-01-01"^^xsd:date ; sayso:latest "1865-12-31"^^xsd:date }
