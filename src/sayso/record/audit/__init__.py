"""Audit: who is heard in articles of the record, who is not, and where nobody is named.

scope       which articles, and a count of each, kept while the audit is made
heard       who is quoted, how much; by a column of the user's own
unheard     who is talked about and not heard, who was asked and did not answer
sources     where nobody is named, articles that rest on one source
report      all of it together
text        … as a table, CSV and JSON
grid        … a table as wide as a terminal
page        … as one HTML page, of `tables` with `plots` and `lists` of words with what is `cited`
"""

from sayso.record.audit.report import Audit, audit
from sayso.record.audit.scope import Scope

__all__ = ["Audit", "Scope", "audit"]
