#!/usr/bin/env bash
# tantivy 0.27.0 and Whoosh 2.7.4 are engines of full text search. With what they do by themselves a phrase in quotes, "5 mg",
# is found in the tenth of it: tantivy parts 0.5 at its point. Whoosh keeps 0.5 whole, but leaves out words of one sign: "5 mg"
# is "mg", and finds every dose in milligrams.
#
# Output seen ("5 mg" is found in):
#   tantivy   0.5 mg, 12,5 mg, 2.5 mg, 5 mg
#   Whoosh    0.5 mg, 10-20 mg, 12,5 mg, 2.5 mg, 5 mg, 50 mg
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tantivy==0.27.0 whoosh==2.7.4
PYTHONUTF8=1 venv/bin/python -W ignore - <<'PYTHON'
from importlib.metadata import version

import tantivy
from whoosh import fields, index, qparser

print(f"tantivy {version('tantivy')}, Whoosh {version('whoosh')}")
doses = ["5 mg", "0.5 mg", "2.5 mg", "12,5 mg", "10-20 mg", "50 mg"]
schema = tantivy.SchemaBuilder().add_text_field("text", stored=True).build()
kept = tantivy.Index(schema)
writer = kept.writer()
for dose in doses:
    writer.add_document(tantivy.Document(text=f"Give {dose} daily."))
writer.commit()
kept.reload()
searcher = kept.searcher()
found = searcher.search(kept.parse_query('"5 mg"', ["text"]), 10).hits
by_tantivy = [searcher.doc(place)["text"][0] for _, place in found]
kept = index.create_in(".", fields.Schema(text=fields.TEXT(stored=True)))
writer = kept.writer()
for dose in doses:
    writer.add_document(text=f"Give {dose} daily.")
writer.commit()
with kept.searcher() as searcher:
    found = searcher.search(qparser.QueryParser("text", kept.schema).parse('"5 mg"'))
    by_whoosh = [hit["text"] for hit in found]
seen = {
    "tantivy": (by_tantivy, "0.5 mg, 12,5 mg, 2.5 mg, 5 mg"),
    "Whoosh": (by_whoosh, "0.5 mg, 10-20 mg, 12,5 mg, 2.5 mg, 5 mg, 50 mg"),
}
for name, (texts, expected) in seen.items():
    found = ", ".join(sorted(text.removeprefix("Give ").removesuffix(" daily.") for text in texts))
    print(f"{name:9} {found}")
    assert found == expected, found
PYTHON
