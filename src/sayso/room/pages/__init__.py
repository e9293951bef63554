"""The pages: each module gathers values from the record and hands them to its template."""
