#!/usr/bin/env bash
# python-frontmatter 1.3.0 finds no front matter in a file that begins with a byte order mark, as Windows editors write
# it, and says nothing: the metadata is empty, and the body begins with the mark and "---". PyYAML itself accepts the
# mark in front of the same YAML.
#
# Output seen:
#   metadata {}
#   content  '\ufeff---\ntitle: Warfarin\n---\nText.'
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check python-frontmatter==1.3.0
cd "$place"
printf '\xef\xbb\xbf---\ntitle: Warfarin\n---\nText.\n' > drug.md
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import frontmatter
import yaml

print("python-frontmatter", version("python-frontmatter"))
post = frontmatter.load("drug.md")
print("metadata", post.metadata)
print("content ", repr(post.content))
assert post.metadata == {}
assert post.content == "\ufeff---\ntitle: Warfarin\n---\nText."
assert yaml.safe_load("\ufefftitle: Warfarin") == {"title": "Warfarin"}
PYTHON
