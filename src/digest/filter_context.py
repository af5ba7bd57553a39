"""What the filters need besides the lines: settings, time, and the ports that a stage asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from digest.calibrated import notes_on
from digest.config import Settings
from digest.ports import Detector
from digest.stages.label_vectors import LabelVectors, embed_labels
from digest.steps import Tools, read_taught


@dataclass(frozen=True)
class Context:
    """What the steps need besides the lines."""

    settings: Settings
    now: datetime

    @cached_property
    def tools(self) -> Tools:
        """Every port, made when the first line asks for one."""
        from digest.wiring import make_tools

        return make_tools(self.settings)

    def notes(self, stage: str) -> list[str]:
        """Return what is to be said of the ports that a stage has used."""
        tools = self.__dict__.get("tools")  # not made only to be asked
        # `cluster` groups copies by itself.
        steps = ("dedupe", "cluster") if stage == "cluster" else (stage,)
        return notes_on(tools, self.settings, steps=steps) if tools else []

    @cached_property
    def detector(self) -> Detector:
        """The detector alone: what the other ports read takes longer than many a text."""
        from digest.wiring import make_detector

        return make_detector()

    @cached_property
    def labels(self) -> LabelVectors:
        """The labels' vectors, made when the first line asks for them."""
        tools = self.tools
        return embed_labels(tools.knowledge.categories, tools.encoder, read_taught(self.settings))


def make_context(settings: Settings) -> Context:
    """Return tools and time for the filters: no store."""
    from digest.opening import make_clock

    return Context(settings, make_clock(settings)())
