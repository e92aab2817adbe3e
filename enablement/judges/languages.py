"""Whether a text is in another language than English, by its small words. Pure."""

from __future__ import annotations

from enablement.words import STOP_WORDS, WORD

# Small words of German, French, Spanish, Italian, Portuguese, Dutch, Polish and the Nordic languages that are
# no English words, as “die”, “was”, “on” and “pour” are.
_FOREIGN = """
der das und ist nicht ein eine einen einem einer zu mit auf für wir sie es von dem wie auch wird wann warum
wer welche welcher welches sich sind kann können muss soll sollte unser unsere unseren mein meine bei nach
ich gibt wenn dass kein keine oder habe hat brauchen le la les des et une un que qui dans nous vous sur avec
ce il elle du ne pas est sont quel quelle quels quelles comment combien pourquoi quand peut pouvons notre
nos mon ma el los las una en por para con se su del como cuánto cuándo qué cómo quién cuál está podemos
puedo nuestro nuestra nuestros sin muy lo gli di che non uno è sono della dei nel questo quanto quando
perché chi possiamo nostro nostri os em com não da dos mas você onde posso nosso nossos uma é het een van
dat niet zijn voor aan maar wij ons onze deze wordt naar bij wat wanneer hoe waarom kunnen jak czy nie jest
się dla możemy nasz naszych kiedy dlaczego och det är inte som att vad hur när varför vår våra hvordan hvad
hvornår ikke og jeg hvorfor
"""
# English small words that stand in other languages too tell nothing.
_SHARED = "was die an in so me no on come am also has had will man war is we of do as at i over to met"
SHARED = frozenset(_SHARED.split())
FOREIGN = frozenset(_FOREIGN.split())
ENGLISH = STOP_WORDS - FOREIGN - SHARED


def foreign_words(text: str) -> tuple[set[str], int, int]:
    """Return the small words of other languages in a text, how often one stands there, and an English one."""
    words = [match.group().lower() for match in WORD.finditer(text)]
    foreign = [word for word in words if word in FOREIGN]
    return set(foreign), len(foreign), sum(word in ENGLISH for word in words)
