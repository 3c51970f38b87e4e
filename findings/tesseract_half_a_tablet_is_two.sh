#!/usr/bin/env bash
# Tesseract reads scanned labels (here tesseract.js 7.0.0 with its usual English model, @tesseract.js-data/eng 1.0.0). The model
# has no µ, ½, ≥ or ≤ among its signs, and gives the likeliest of those that it has, and is sure of it: on a clean picture
# of black DejaVu Serif (2.37) on white, 48 pixels high, half a tablet is two, micrograms are picograms, and "at most 30"
# is "= 30". The line for which it has the signs comes out right.
#
# Output seen:
#   Take ½ tablet daily.       -> Take 2 tablet daily.
#   Give 125 µg once daily.    -> Give 125 pg once daily.
#   Maximum 5 µg/kg/min        -> Maximum 5 pg/kg/min
#   CrCl ≤ 30 mL/min: 5 mg     -> CrCl = 30 mL/min: 5 mg
#   CrCl <30 mL/min: 5 mg      -> CrCl <30 mL/min: 5 mg
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Pillow==12.0.0
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund tesseract.js@7.0.0 @tesseract.js-data/eng@1.0.0 dejavu-fonts-ttf@2.37.3
cat >lines.json <<'JSON'
[
  ["Take \u00bd tablet daily.", "Take 2 tablet daily."],
  ["Give 125 \u00b5g once daily.", "Give 125 pg once daily."],
  ["Maximum 5 \u00b5g/kg/min", "Maximum 5 pg/kg/min"],
  ["CrCl \u2264 30 mL/min: 5 mg", "CrCl = 30 mL/min: 5 mg"],
  ["CrCl <30 mL/min: 5 mg", "CrCl <30 mL/min: 5 mg"]
]
JSON
venv/bin/python - <<'PYTHON'
import json

from PIL import Image, ImageDraw, ImageFont

with open("lines.json") as file:
    lines = [text for text, _ in json.load(file)]
font = ImageFont.truetype("node_modules/dejavu-fonts-ttf/ttf/DejaVuSerif.ttf", 48)
for number, line in enumerate(lines):
    picture = Image.new("L", (1000, 140), 255)
    ImageDraw.Draw(picture).text((40, 40), line, font=font, fill=0)
    picture.save(f"{number}.png", dpi=(300, 300))
PYTHON
cat >run.cjs <<'NODE'
const assert = require("node:assert");
const { createWorker } = require("tesseract.js");
const lines = require("./lines.json");

(async () => {
  console.log("tesseract.js", require("tesseract.js/package.json").version);
  const langPath = `${__dirname}/node_modules/@tesseract.js-data/eng/4.0.0_best_int`;
  const worker = await createWorker("eng", 1, { langPath, cacheMethod: "none", gzip: true });
  const found = [];
  for (const [number, [text]] of lines.entries()) {
    const { data } = await worker.recognize(`${number}.png`);
    found.push(data.text.trim());
    console.log(text.padEnd(26), "->", found.at(-1), `(confidence ${data.confidence})`);
  }
  await worker.terminate();
  assert.deepEqual(found, lines.map(([, expected]) => expected));
})();
NODE
node run.cjs
