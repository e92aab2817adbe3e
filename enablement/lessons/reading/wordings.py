"""How authors word headings and lead-ins. `(?P<x>…)` is the method that the wording speaks of.

Matched against lower and upper case alike, with straight apostrophes and without numbering. The first role
with a match decides, so the negative wordings stand before the positive ones.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What stands under a heading. The first four are also the kinds of a fit."""

    FITS = "fits"
    DOES_NOT_HELP = "does_not_help"
    COSTS = "costs"
    ADVICE = "advice"
    STEPS = "steps"
    TREE = "tree"
    ANALOGY = "analogy"
    COMPARISON = "comparison"
    GUIDE = "guide"
    TERMS = "terms"
    SCRIPT = "script"


X = r"(?P<x>[\w][\w /&'-]{0,60}?)"
ENDS = r"(?:$|[,:(?])"
NOT = r"(?:(?:do|does|did|will|can|could|would)(?: not|n't)|cannot|won't)"
FIX = r"(?:fix|help|solve|do|work|cure|address|give|add|teach)"
ADVERB = r"(?:(?:\w+ly|also|still|just|often|never|even|alone|always|best|most) ){0,2}"
HELPS = r"(?:helps?|works?|wins?|makes? (?:\w+ )?sense|fits?|shines?|pays?(?: off)?|adds? value|earns? its)"
ENOUGH = (
    r"(?:enough|sufficient|right|the right|best|the best|appropriate|useful|worth|a good|needed|justified)"
)
USE = (
    r"(?:use|choose|pick|prefer|reach for|lead with|go for|go with|recommend|propose|suggest|offer"
    r"|start with)"
)
DATA = r"(?:data ?sets?|training (?:data|examples|sets?))"
MAKING = r"(?:building|creating|preparing|collecting|making|assembling|curating)"

WORDINGS: dict[Role, tuple[str, ...]] = {
    Role.GUIDE: (
        r"(?:language|wording) guide\b",
        r"\b(?:don't|do not|never|not to) say\b",
        r"\bwords to (?:use|avoid)\b",
        r"\bsay this\b|^say it (?:right|well|better)\b|^how (?:we|to) (?:phrase|word|put|write)(?: it)?\b",
    ),
    Role.TERMS: (
        r"^(?:(?:key|important|core|useful|our|the|common|basic) ){0,2}"
        r"(?:terms?|vocabulary|definitions|terminology|acronyms|abbreviations|jargon)\b",
        r"\bglossary\b|^words (?:you|we|they|in|of|that|and|around)\b",
        r"^what (?:the|these) (?:words|terms) mean|^words$",
    ),
    Role.TREE: (
        r"\bdecision (?:tree|chart|flow|guide|diagram|questions)",
        r"\bflow ?chart",
        r"^how to decide",
    ),
    Role.DOES_NOT_HELP: (
        rf"^(?:what |where |when )?{X} {ADVERB}{NOT} {ADVERB}{FIX}\b",
        rf"^when {X} (?:is not|isn't|is wrong|is the wrong|is a poor)\b",
        rf"^when not to {USE} {X}{ENDS}",
        rf"^(?:do not|don't|never|avoid) (?:{USE}|using|choosing) {X} (?:for|when|if|where)\b",
        rf"^(?:the )?(?:limits|limitations) of {X}{ENDS}",
        rf"^(?:where|when|how) {X} (?:lets? (?:\w+ ){{1,2}}down|falls? short|fails?|struggles?|stops?)\b",
        r"^(?:where|when) it (?:does|do)(?: not|n't)(?: help| fit| work| make sense)?$",
        r"^(?:not|never) (?:good |meant |made |right |suited )?for\b",
        r"^(?:bad|poor|wrong|weak) (?:for|at|choice for)\b",
        r"^(?:avoid|skip) (?:it|this) (?:when|if|for)\b|^when not to(?: use it| bring it up)?$",
        r"^(?:common )?(?:misconceptions?|myths?)\b",
        r"^(?:bad|poor|not a good) fits?\b",
        r"^don't use it\b",
    ),
    Role.COSTS: (
        rf"\b(?:hidden|real|true|full|ongoing) costs? of {X}{ENDS}",
        r"\bhidden costs?\b|\b(?:real|true|full) costs?$",
        r"^(?:the )?(?:real|true|full) (?:costs?|price)\b",
        r"\bcosts? (?:that )?(?:you|people|teams|nobody)\b",
        r"^what it (?:really |actually )?costs",
    ),
    Role.ADVICE: (
        rf"^{MAKING} (?:an? |the |your )?(?:good )?(?:{X} )?{DATA}\b",
        rf"^(?:what )?good {X} (?:data ?sets?|data|examples)\b",
        r"^(?:what )?(?:good )?(?:training )?(?:data|examples) (?:looks?|should)\b",
        r"^(?:good )?training data\b",
        r"^best practices?\b",
        r"^(?:practical )?(?:tips|advice)\b",
        r"^(?:how to )?(?:do|doing) it well\b",
        r"^getting it right\b",
    ),
    Role.STEPS: (
        r"\border of (?:operations|work|attack)\b",
        r"^(?:the |a )?(?:practical|recommended|cheaper|usual) (?:path|route|order|sequence)\b",
        r"^(?:the )?(?:steps?|process|playbook|ladder|roadmap|escalation path)\b",
        r"\bstep by step\b|^what to try first",
        r"\b(?:in this order|follow these steps|one step at a time|in order)\b",
        r"\bcheaper options? first\b",
        r"(?:^|\bin )(?:two|three|four|five|six|seven|\d) (?:steps|moves|stages)\b",
    ),
    Role.ANALOGY: (
        r"\banalog(?:y|ies|ue)?\b",
        r"\bmental model\b",
        r"\bmetaphors?\b",
        r"^think of it\b|\b(?:comparisons|pictures?|images?) (?:that|people|buyers)\b",
    ),
    Role.COMPARISON: (
        r"^(?:the |a )?(?:comparison|comparing|how they compare|side by side|head[- ]to[- ]head)\b",
        r"\bcompared$|\bat a glance\b|^how (?:the|these|both|they)(?: two| three)? (?:differ|compare)\b",
        r"^(?:the )?differences? between\b|^compared (?:with|to)\b",
        r"\bis not (?:the same as|just)\b|\bis different from\b",
    ),
    Role.SCRIPT: (
        r"\bhow to (?:explain|answer|say)\b",
        r"\bfaqs?\b|\bquestions and answers\b|^q ?& ?a\b",
        r"\btalk track\b|^scripts?\b|\bobjections?\b",
        r"^(?:if|when|what) (?:they|people|buyers|customers|somebody) (?:will |might |may )?asks?\b",
        r"\bquestions$|\bquestions (?:we|you|they|people|buyers|customers|clients|from|to expect|that)\b",
    ),
    Role.FITS: (
        rf"^when (?:to |(?:you )?should (?:you |we )?|do (?:you|we) )?{USE} {X}(?:{ENDS}| (?:when|if)\b)",
        rf"^(?:when|where) (?:is |does )?{X} (?:is |are )?{ADVERB}(?:{ENOUGH}|{HELPS})(?:\W|$)",
        rf"^(?:{USE}|consider|go with) {X} (?:when|if|for)\b",
        rf"^{X} {ADVERB}(?:{HELPS}|(?:is|are) {ENOUGH})(?: \w+){{0,2}} (?:when|if|where|for)\b",
        rf"^(?:bring|raise|mention) {X}(?: up)? (?:when|if)\b",
        r"^good fits?\b|^(?:good|best|ideal|right|made|meant) for\b|^use cases?\b",
        r"^(?:use|pick|choose) it (?:when|if|for)\b",
        r"^(?:when|where) it (?:helps|works|fits|makes sense)\b",
        r"^when to (?:use|bring|raise|mention|choose|offer|propose) (?:it|this|one)\b",
    ),
}
