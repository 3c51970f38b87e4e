#!/usr/bin/env bash
# formatTiming of @medplum/core 5.2.13 puts a FHIR R4 Timing into words, as for the directions of a MedicationRequest.
# It names the frequency, the period and the days of the week, and leaves the rest out without a word:
# - the upper end of a range: "every 4 to 6 hours" is "once per 4 hours", "once or twice a day" is "daily";
# - the bounds: seven days of treatment, or five doses in all, are "daily" with no end;
# - the event: before meals (AC) or at bedtime (HS) is "daily".
# The range of a dose (formatRange: "5 - 10 mg") keeps both ends. Node 22 or newer; on older ones the package asks for a
# WebSocket when it is loaded, which the script sets to an empty class.
#
# Output seen:
#   every 8 hours              -> Once per 8 hours
#   every 4 to 6 hours         -> Once per 4 hours
#   once or twice a day        -> Daily
#   daily for 7 days           -> Daily
#   daily, 5 doses in all      -> Daily
#   daily before meals         -> Daily
#   Monday and Thursday        -> Daily on Mon, Thu
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @medplum/core@5.2.13
cat >run.mjs <<'NODE'
import assert from "node:assert";
import { readFileSync } from "node:fs";

globalThis.WebSocket ??= class {};
const { formatTiming } = await import("@medplum/core");

console.log("@medplum/core", JSON.parse(readFileSync("node_modules/@medplum/core/package.json")).version);
const daily = { frequency: 1, period: 1, periodUnit: "d" };
const seen = [
  ["every 8 hours", { frequency: 1, period: 8, periodUnit: "h" }, "Once per 8 hours"],
  ["every 4 to 6 hours", { frequency: 1, period: 4, periodMax: 6, periodUnit: "h" }, "Once per 4 hours"],
  ["once or twice a day", { ...daily, frequencyMax: 2 }, "Daily"],
  ["daily for 7 days", { ...daily, boundsDuration: { value: 7, unit: "d" } }, "Daily"],
  ["daily, 5 doses in all", { ...daily, count: 5 }, "Daily"],
  ["daily before meals", { ...daily, when: ["AC"] }, "Daily"],
  ["Monday and Thursday", { period: 1, periodUnit: "d", dayOfWeek: ["mon", "thu"] }, "Daily on Mon, Thu"],
];
for (const [meant, repeat, expected] of seen) {
  const text = formatTiming({ repeat });
  console.log(meant.padEnd(26), "->", text);
  assert.equal(text, expected);
}
NODE
node run.mjs
