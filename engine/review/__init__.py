"""Findings on diagrams: what is drawn wrong, where, and how to mend it.

Nothing reaches the executor that was not looked at here. The sentences are in `rules`; each module here says when
those of one topic apply: `drawing`, `running`, `timers` and soundness to any diagram, `roles`, `tasks`, `gates`,
`variables` and intent to a method. `reviewing` asks them all, `reading` does so in a process apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.lazily import lazily

if TYPE_CHECKING:
    from engine.review.findings import Finding, Process, Reviewed, Verdict, in_words, plain, restored
    from engine.review.reviewing import review
else:
    __getattr__ = lazily(__name__, __file__, globals())

__all__ = ["Finding", "Process", "Reviewed", "Verdict", "in_words", "plain", "restored", "review"]
