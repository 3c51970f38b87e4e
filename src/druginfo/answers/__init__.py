"""What the commands answer. A field of an answer is a key of its JSON: `render.json` writes the one from the other.

One file a question. Answers are immutable and neither printed nor formatted yet.
"""

from __future__ import annotations
