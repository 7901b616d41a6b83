"""Universal Dependencies trees as the trees that spaCy's English models draw (the ClearNLP style).

Analysts swap models, so the bundled one must label as the usual ones do: function words are heads ("in Paris": *in* is prep,
*Paris* its pobj; "is happy": *is* heads *happy*, its acomp), names end in their head, conjuncts form a chain.
"""

from __future__ import annotations

from itertools import pairwise

from training.conllu import Sentence

RENAMED = {
    "obj": "dobj",
    "iobj": "dative",
    "nsubj:pass": "nsubjpass",
    "nsubj:outer": "nsubj",
    "csubj:pass": "csubj",
    "csubj:outer": "csubj",
    "aux:pass": "auxpass",
    "acl:relcl": "relcl",
    "advcl:relcl": "advcl",
    "compound:prt": "prt",
    "det:predet": "predet",
    "cc:preconj": "preconj",
    "nmod:poss": "poss",
    "nmod:desc": "compound",
    "nmod:unmarked": "npadvmod",
    "obl:unmarked": "npadvmod",
    "nmod:tmod": "npadvmod",
    "obl:tmod": "npadvmod",
    "nmod:npmod": "npadvmod",
    "obl:npmod": "npadvmod",
    "obl": "npadvmod",
    "obl:agent": "npadvmod",
    "fixed": "pcomp",
    "flat": "compound",
    "flat:foreign": "compound",
    "goeswith": "compound",
    "discourse": "intj",
    "vocative": "npadvmod",
    "list": "parataxis",
    "orphan": "dep",
    "reparandum": "dep",
    "dislocated": "dep",
    "root": "ROOT",
}
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET", "X"})
OBLIQUE = frozenset({"obl", "nmod", "obl:agent"})
# What a predicate passes to its copula: "He [is] not yet a minister": subject and "not yet", but not "a".
CLAUSAL = frozenset(
    [
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "csubj",
        "csubj:outer",
        "aux",
        "mark",
        "punct",
        "advcl",
        "parataxis",
        "discourse",
        "vocative",
        "expl",
        "dislocated",
        "cc:preconj",
        "obl:unmarked",
    ]
)
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})


class Tree:
    """A sentence's heads and labels while they are being rearranged."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.pos = sentence.pos
        self.words = [word.lower() for word in sentence.words]
        self.heads = list(sentence.heads)
        self.deps = list(sentence.deps)

    def children(self, head: int, *labels: str) -> list[int]:
        found = [i for i, h in enumerate(self.heads) if h == head]
        return [i for i in found if self.deps[i] in labels] if labels else found

    def replace(self, old: int, new: int) -> None:
        """Let ``new`` take the place of ``old`` under its head."""
        self.heads[new], self.deps[new] = self.heads[old], self.deps[old]


def converted(sentence: Sentence) -> tuple[list[int], list[str]]:
    """Heads and labels in the style of the English models, for a sentence with Universal Dependencies."""
    tree = Tree(sentence)
    for step in (
        _raise_copulas,
        _end_names_in_heads,
        _chain_conjuncts,
        _head_phrases_with_prepositions,
        _head_gerunds,
        _rename,
    ):
        step(tree)
    _break_cycles(tree)
    return tree.heads, tree.deps


def _raise_copulas(tree: Tree) -> None:
    for copula, dep in enumerate(tree.deps):
        predicate = tree.heads[copula]
        if dep != "cop" or predicate < 0:
            continue
        inner = [i for i in tree.children(predicate) if i != copula]
        has_case = any(tree.deps[i] == "case" and tree.words[i] not in {"'s", "’s", "'"} for i in inner)
        tree.replace(predicate, copula)
        tree.heads[predicate], tree.deps[predicate] = copula, _predicate_label(tree, predicate, has_case)
        for child in inner:
            if _is_clausal(tree, child, predicate, copula):
                tree.heads[child] = copula


def _predicate_label(tree: Tree, predicate: int, has_case: bool) -> str:
    if has_case:
        return "obl"
    pos = tree.pos[predicate]
    if pos == "ADJ" or (pos == "VERB" and tree.sentence.tags[predicate] in {"VBN", "VBG", "JJ"}):
        return "acomp"
    if pos == "ADV":
        return "advmod"
    return "ccomp" if pos in {"VERB", "AUX"} else "attr"


def _is_clausal(tree: Tree, child: int, predicate: int, copula: int) -> bool:
    dep = tree.deps[child]
    if dep == "punct":
        return not (min(predicate, copula) < child < max(predicate, copula))
    if dep in CLAUSAL:
        return True
    if dep == "advmod":  # "is not happy", "is now happy" but "is very happy"
        return (
            child < copula
            or tree.words[child] in NEGATIONS
            or (tree.pos[predicate] not in {"ADJ", "ADV"} and child < predicate - 1)
        )
    if dep in {"conj", "cc"}:
        return _is_clause(tree, child) if dep == "conj" else False
    if dep == "obl":
        return tree.pos[predicate] not in {"ADJ", "ADV"} or child < copula
    return dep == "ccomp" and tree.pos[predicate] != "ADJ"


def _is_clause(tree: Tree, token: int) -> bool:
    return tree.pos[token] in {"VERB", "AUX"} or bool(tree.children(token, "cop", "nsubj", "nsubj:pass"))


def _end_names_in_heads(tree: Tree) -> None:
    """Universal Dependencies let "Joe Sternlieb" hang on *Joe*, the English models on *Sternlieb*."""
    for first in range(len(tree.heads)):
        rest = [i for i in tree.children(first, "flat") if i > first]
        if not rest or tree.deps[first] == "flat":
            continue
        last = rest[-1]
        tree.replace(first, last)
        for child in tree.children(first):
            if child != last:
                tree.heads[child] = last
        tree.heads[first], tree.deps[first] = last, "flat"


def _chain_conjuncts(tree: Tree) -> None:
    """Hang each conjunct, and the comma and conjunction before it, on the conjunct before: red <- , <- blue <- and <- green."""
    for first in range(len(tree.heads)):
        before = first
        for conjunct in tree.children(first, "conj"):
            tree.heads[conjunct] = before
            for child in tree.children(conjunct, "cc", "punct"):
                if before < child < conjunct and child < min(_core(tree, conjunct)):
                    tree.heads[child] = before
            before = conjunct


def _core(tree: Tree, head: int) -> list[int]:
    return [head, *(i for i in tree.children(head) if tree.deps[i] not in {"cc", "punct"})]


def _head_phrases_with_prepositions(tree: Tree) -> None:
    for noun in range(len(tree.heads)):
        cases = [i for i in tree.children(noun, "case") if not (tree.words[i] in {"'s", "’s", "'", "’"} and i > noun)]
        if not cases or tree.deps[noun] == "nmod:poss":
            continue
        outer = cases[0]
        label = tree.deps[noun]
        by_agent = label == "obl:agent" or (
            tree.words[outer] == "by" and label == "obl" and _is_passive(tree, tree.heads[noun])
        )
        above = _prepositional_head(tree, noun) if label == "conj" else tree.heads[noun]
        tree.heads[outer] = above
        tree.deps[outer] = "agent" if by_agent else label if label in {"conj", "root"} else "prep"
        _lift_into_preposition(tree, noun, outer)
        for upper, lower in pairwise(cases):  # "out of fear": of hangs on out
            tree.heads[lower], tree.deps[lower] = upper, "prep"
        tree.heads[noun], tree.deps[noun] = cases[-1], "pobj"


def _prepositional_head(tree: Tree, noun: int) -> int:
    """The preposition of the conjunct before: "in Paris and in Rome" joins the two *in*."""
    above = tree.heads[noun]
    return tree.heads[above] if tree.deps[above] == "pobj" else above


def _lift_into_preposition(tree: Tree, noun: int, outer: int) -> None:
    for child in tree.children(noun):
        if child < outer and tree.deps[child] in {"advmod", "punct", "mark", "cc", "nsubj", "aux"}:
            tree.heads[child] = (
                outer if tree.deps[noun] in {"conj", "root"} or tree.deps[child] == "advmod" else tree.heads[child]
            )


def _is_passive(tree: Tree, verb: int) -> bool:
    return verb >= 0 and tree.sentence.tags[verb] == "VBN"


def _head_gerunds(tree: Tree) -> None:
    """ "after leaving Rome": *after* is prep and *leaving* its pcomp."""
    for mark, dep in enumerate(tree.deps):
        verb = tree.heads[mark]
        if dep != "mark" or tree.sentence.tags[mark] != "IN" or verb < mark:
            continue
        subjects = tree.children(verb, "nsubj", "nsubj:pass", "nsubjpass")
        if not subjects and tree.sentence.tags[verb] == "VBG" and tree.deps[verb] in {"advcl", "acl"}:
            tree.heads[mark], tree.deps[mark] = tree.heads[verb], "prep"
            tree.heads[verb], tree.deps[verb] = mark, "pcomp"


def _rename(tree: Tree) -> None:
    for i, dep in enumerate(tree.deps):
        head = tree.heads[i]
        if head < 0:
            tree.deps[i] = "ROOT"
        elif dep == "mark" and tree.sentence.tags[i] == "TO":
            tree.deps[i] = "aux"
        elif dep == "advmod" and tree.words[i] in NEGATIONS:
            tree.deps[i] = "neg"
        elif dep == "xcomp" and tree.pos[i] in NOMINAL | {"ADJ"}:
            tree.deps[i] = "acomp" if tree.pos[i] == "ADJ" else "attr"
        elif dep in OBLIQUE and tree.pos[i] == "ADP":  # stranded: "what she is interested in"
            tree.deps[i] = "prep"
        else:
            tree.deps[i] = RENAMED.get(dep, dep)


def _break_cycles(tree: Tree) -> None:
    """Keep what the steps made a tree: one root, and every token reaches it."""
    roots = [i for i, h in enumerate(tree.heads) if h < 0]
    root = roots[0] if roots else 0
    for i in range(len(tree.heads)):
        seen, at = set(), i
        while at >= 0 and at not in seen:
            seen.add(at)
            at = tree.heads[at]
        if at >= 0 or (tree.heads[i] < 0 and i != root):
            tree.heads[i], tree.deps[i] = (-1, "ROOT") if i == root else (root, "dep")
