"""What the words around a claim make of it: does it assert that something exists, or only speak of it?"""

from __future__ import annotations

import re
from enum import StrEnum

from checks.facts.markdown import Form, Passage


class Context(StrEnum):
    """The first three assert existence; the others assert nothing."""

    DONE = "done"
    REFERENCE = "reference"
    COMMAND = "command"
    PLANNED = "planned"
    MISSING = "missing"
    EXAMPLE = "example"
    EXTERNAL = "external"

    @property
    def asserts(self) -> bool:
        return self in {Context.DONE, Context.REFERENCE, Context.COMMAND}


_MISSING = re.compile(
    r"\b(?:missing|does(?: not|n't) (?:yet )?exist|do(?: not|n't) (?:yet )?exist|not found|absent|no longer|not (?:yet )?(?:implemented|created|present|available|included)|"
    r"removed?|deleted?|deprecated|obsolete|renamed?|moved|replaced?s?|superseded|formerly|previously|used to|was (?:in|at)|legacy|archived?|instead of|without|"
    r"never|isn't|is not|there is no|unused|dropped)\b|❌|✗|✘|🗑",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:planned|plans? to|roadmap|to-?dos?|to be|will|shall|upcoming|future|not yet|yet to|coming soon|next steps?|proposed?|proposal|should|"
    r"needs? to|pending|backlog|wip|in progress|would|could|might|may|recommend(?:ed)?|suggest(?:ed)?|consider|guides? ready|optional(?:ly)?|eventually|draft|"
    r"when (?:you|we)|if (?:you|there|it|the|present|needed))\b|🚧|⏳|📋|🔜|⬜|☐",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:for (?:example|instance)|e\.g|such as|examples?:|like(?: this)?|sample|say|suppose|imagine|hypothetical|assum(?:e|ing)|illustrat\w+|templates?|placeholders?|"
    r"your|you can|let's|create[sd]?(?: an?)?|creating|add(?:s|ing)?|copy|copied|make a|put|place|writ(?:e|es|ten|ing)|save[sd]?|store[sd]?|storing|generat(?:e|es|ed|ing)|"
    r"produce[sd]?|output|emit(?:s|ted)?|built|build artifacts?|download(?:s|ed)?|caches?d?|ignored?|gitignored?|temporary|at runtime|git-?ignore|exported? to|"
    r"overrid\w+|customi[sz]\w+|custom|new|convention\w*|naming|pattern|format|either|any|named|scaffold\w*|init(?:iali[sz]e[sd]?)?|defaults? to|lands? in|installs?|installed|"
    r"locally|local|uncommitted|secret|compiled|rendered|bundled|collect(?:ed|static)|upload(?:s|ed)|packaged|target path|force-include\w*|mount(?:s|ed)?|appends?|logs? to|logged|dump(?:s|ed)?|populate[sd]?|checkout|cloned?|fetched|user)\b",
    re.IGNORECASE,
)
_EXTERNAL = re.compile(
    r"\b(?:upstream|(?:other|another|separate|external|different|sister|parent|main) (?:repo(?:sitory)?|project|package)|third[- ]party|"
    r"in the [\w./-]+ (?:repo|repository)|inside the (?:container|image|pod|vm)|in the container|on the (?:server|host|machine)|on your (?:machine|host))\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"✅|☑|✔|\b(?:done|completed?|implemented|finished|delivered|shipped|fixed|100 ?%|fully|in place|created|added|exists?|verified|enabled|passing)\b",
    re.IGNORECASE,
)
_DONE_MARK = re.compile(r"✅|☑|✔|\b(?:COMPLETED?|DONE|IMPLEMENTED|DELIVERED|100 ?%)\b")
_HEADING_SILENT = re.compile(
    r"\b(?:roadmap|to-?dos?|planned|plans?|future|next steps?|missing|gaps?|to (?:create|do|implement|add|modify)|proposed|proposal|not (?:yet )?implemented|known issues|"
    r"limitations|backlog|changelog|release notes|migrat\w+|upgrad\w+|history|archived?|removed|deprecated|adding|add(?:ing)? a\b|add new|creating|create|how to (?:add|create|write)|"
    r"examples? (?:projects?|outputs?|usage|workflows?|config\w*|structure|layout)|recommend\w*|suggest\w*|example$|custom\w*|extend\w*|templates?|naming|conventions?|troubleshoot\w*|"
    r"your|outputs?|generated|artifacts?|wishlist|ideas|pending|remaining|improvements?|before|old)\b",
    re.IGNORECASE,
)
_PATHS = re.compile(
    r"[\w.@-]*/[\w./@*-]*|\b[\w-]+\.(?:py|go|rs|tsx?|jsx?|md|ya?ml|toml|json|sh)\b"
)  # names are no words
_SENTENCE_END = re.compile(r"[.!?;](?=\s)")


def context_of(passage: Passage, fragment: str) -> Context:
    """What the passage makes of a fragment that stands in it: its own sentence first, then what leads up, then headings."""
    sentence = _PATHS.sub(" ", sentence_with(passage.text, fragment).replace(fragment, " "))
    if passage.checked is not None:
        return _unless_silent(sentence, Context.DONE) if passage.checked else Context.PLANNED
    own = _silent(sentence) or _silent_lead(passage) or _silent_headings(passage)
    if own is not None:
        return own
    return Context.DONE if _says_done(passage, sentence) else Context.REFERENCE


def context_of_block(section: tuple[str, ...], lead: str) -> Context:
    """What stands around a block of code makes of what is in it."""
    around = Passage("", 1, Form.PARAGRAPH, section, "")
    last = _SENTENCE_END.split(lead)[-1] if lead.rstrip().endswith(":") else ""
    return _silent(last) or _silent_headings(around) or Context.COMMAND


def silent_words(text: str) -> Context | None:
    """PLANNED, MISSING, EXAMPLE or EXTERNAL when the text says so."""
    return _silent(text)


def sentence_with(text: str, fragment: str) -> str:
    """The sentence of a text in which a fragment stands."""
    at = text.find(fragment)
    if at < 0:
        return text
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, at)), default=0)
    end = next((m.start() for m in _SENTENCE_END.finditer(text, at + len(fragment))), len(text))
    return text[start:end]


def _silent(text: str) -> Context | None:
    for pattern, context in (
        (_EXTERNAL, Context.EXTERNAL),
        (_MISSING, Context.MISSING),
        (_PLANNED, Context.PLANNED),
        (_EXAMPLE, Context.EXAMPLE),
    ):
        if pattern.search(text):
            return context
    return None


def _unless_silent(sentence: str, otherwise: Context) -> Context:
    return Context.MISSING if _MISSING.search(sentence) else otherwise


def _silent_lead(passage: Passage) -> Context | None:
    """A list or table inherits what its introduction says; a paragraph doesn't inherit from the one before."""
    if passage.form not in {Form.ITEM, Form.ROW}:
        return None
    return _silent(_SENTENCE_END.split(passage.lead)[-1])


def _silent_headings(passage: Passage) -> Context | None:
    return (
        Context.PLANNED if any(_HEADING_SILENT.search(heading) for heading in passage.section[1:]) else None
    )


def _says_done(passage: Passage, sentence: str) -> bool:
    around = (
        (passage.lead, *passage.section[-2:])
        if passage.form in {Form.ITEM, Form.ROW}
        else passage.section[-1:]
    )
    return bool(_DONE.search(sentence)) or any(_DONE_MARK.search(text) for text in around)
