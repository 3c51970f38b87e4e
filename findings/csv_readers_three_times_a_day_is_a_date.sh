#!/usr/bin/env bash
# In the medication lists of Germany and its neighbours 1-1-1 is one tablet in the morning, at noon and in the evening, and 1/2 is
# half a tablet. Read from CSV with what the readers do by themselves, and no option set:
# - DuckDB 2.0.1 makes of the column of schedules moments of January and February of the years 1 and 2; SheetJS (xlsx 0.18.5,
#   npm) makes of it the number of a day of 2001;
# - csvkit 2.2.0 keeps 1-1-1, and makes of half a tablet 2 January 2001 and of a quarter 4 January.
# One patient in the list who takes nothing at noon (1-0-1) is enough, and DuckDB reads all of them as text.
#
# Output seen (1-1-1 | 1/2):
#   DuckDB           0001-01-01 00:00:00 | 1/2
#   DuckDB, 1-0-1    1-1-1 | 1/2
#   csvkit           1-1-1 | 2001-01-02
#   SheetJS          36892 | 36893
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1 csvkit==2.2.0 agate==1.14.2
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5
cat >list.csv <<'CSV'
Medicine,Schedule,Tablets
Metformin,1-1-1,1/2
Ramipril,2-1-2,1/4
Levodopa,1-2-1,3/4
CSV
{ cat list.csv && echo "Ropinirole,1-0-1,1/2"; } >longer.csv
cat >read.cjs <<'NODE'
const XLSX = require("xlsx");
const { Sheets, SheetNames } = XLSX.read(require("node:fs").readFileSync("list.csv", "utf8"), { type: "string" });
const [first] = XLSX.utils.sheet_to_json(Sheets[SheetNames[0]]);
console.log(`${first.Schedule} | ${first.Tablets}`);
NODE
venv/bin/python - <<'PYTHON'
import json
import subprocess
from importlib.metadata import version

import duckdb

print(f"duckdb {version('duckdb')}, csvkit {version('csvkit')}, xlsx 0.18.5")


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def by_duckdb(path):
    return " | ".join(map(str, duckdb.sql(f"SELECT Schedule, Tablets FROM '{path}' LIMIT 1").fetchall()[0]))


first = json.loads(said("venv/bin/csvjson", "list.csv"))[0]
seen = {
    "DuckDB": (by_duckdb("list.csv"), "0001-01-01 00:00:00 | 1/2"),
    "DuckDB, 1-0-1": (by_duckdb("longer.csv"), "1-1-1 | 1/2"),
    "csvkit": (f"{first['Schedule']} | {first['Tablets']}", "1-1-1 | 2001-01-02"),
    "SheetJS": (said("node", "read.cjs"), "36892 | 36893"),
}
for name, (found, expected) in seen.items():
    print(f"{name:16} {found}")
    assert found == expected, found
PYTHON
