INSERT DATA { date:autumn a sayso:Period ; sayso:edtf "autumn"^^edtf:EDTF }
