"""The teacher of trees: a slow, accurate network that parses the Groningen Meaning Bank's news for the small pipeline.

It reads whole sentences with two-way LSTMs over words and their letters, from random weights; it meets the same corpora as the
pipeline and nothing else. ``teach_trees`` is the command. It needs PyTorch.

The parser is that of Dozat and Manning, "Deep biaffine attention for neural dependency parsing" (2017), the reader of letters
that of Ma and Hovy (2016).
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor, nn

WORDS, LETTERS, FILTERS, HIDDEN, LAYERS, DROPOUT = 100, 32, 50, 300, 3, 0.33
RARE = 2  # words met less often share one vector; their letters tell them apart
LONGEST = 20  # letters of a word that are read
BATCH = 1500  # words


class Vocabulary:
    """Numbers for the words, letters and labels that the training data holds."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        counts = Counter(word.lower() for sentence in sentences for word in sentence)
        letters = Counter(letter for word in counts for letter in word + word.upper())
        self.words = {word: n + 2 for n, word in enumerate(w for w, n in counts.items() if n >= RARE)}
        self.letters = {letter: n + 2 for n, letter in enumerate(c for c, n in letters.items() if n >= RARE)}

    def encode(self, batch: Sequence[Sequence[str]]) -> tuple[Tensor, Tensor, Tensor]:
        """Word numbers, shape (sentences, words), 0 where a sentence has ended; each distinct word's letters; which of them."""
        distinct = {word: n for n, word in enumerate(dict.fromkeys(word for sentence in batch for word in sentence))}
        letters = torch.zeros(len(distinct), LONGEST + 2, dtype=torch.long)
        for word, row in distinct.items():
            codes = [self.letters.get(letter, 1) for letter in word[: LONGEST // 2] + word[LONGEST // 2 :][-LONGEST // 2 :]]
            letters[row, 1 : 1 + len(codes)] = torch.tensor(codes)
        longest = max(map(len, batch))
        words = torch.zeros(len(batch), longest, dtype=torch.long)
        which = torch.zeros(len(batch), longest, dtype=torch.long)
        for n, sentence in enumerate(batch):
            words[n, : len(sentence)] = torch.tensor([self.words.get(word.lower(), 1) for word in sentence])
            which[n, : len(sentence)] = torch.tensor([distinct[word] for word in sentence])
        return words, letters, which


class Reader(nn.Module):
    """Words in their sentence as vectors, shape (sentences, words, 2 × HIDDEN)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.words = nn.Embedding(len(vocabulary.words) + 2, WORDS, padding_idx=0)
        self.letters = nn.Embedding(len(vocabulary.letters) + 2, LETTERS, padding_idx=0)
        self.filters = nn.ModuleList(nn.Conv1d(LETTERS, FILTERS, width, padding=width // 2) for width in (2, 3, 4))
        sizes = [WORDS + 3 * FILTERS] + [2 * HIDDEN] * (LAYERS - 1)
        self.layers = nn.ModuleList(nn.LSTM(size, HIDDEN, bidirectional=True, batch_first=True) for size in sizes)

    def forward(self, batch: Sequence[Sequence[str]]) -> tuple[Tensor, Tensor]:
        words, letters, which = self.vocabulary.encode(batch)
        present = words > 0
        if self.training:
            words = torch.where(torch.rand(words.shape) < 0.15, present.long(), words)
        spelled = self.letters(letters).transpose(1, 2)
        shape = torch.cat([torch.relu(conv(spelled)).amax(2) for conv in self.filters], 1)
        state = self._dropped(torch.cat([self.words(words), shape[which]], 2))
        for layer in self.layers:
            with torch.autocast("cpu", torch.bfloat16):
                state = layer(state)[0]
            state = self._dropped(state.float())
        return state, present

    def _dropped(self, state: Tensor) -> Tensor:
        """Dropout of the same columns in all words of a sentence."""
        if not self.training:
            return state
        keep = torch.rand(state.shape[0], 1, state.shape[2]) >= DROPOUT
        return state * keep / (1 - DROPOUT)


def perceptron(size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(2 * HIDDEN, size), nn.LeakyReLU(0.1), nn.Dropout(DROPOUT))


class TreeTeacher(nn.Module):
    """Heads, relations and tags. ``forward`` gives scores of heads (column 0 is the root), of relations, and of tags."""

    def __init__(self, vocabulary: Vocabulary, relations: list[str], tags: list[str], arcs: int = 300, kinds: int = 48) -> None:
        super().__init__()
        self.relations, self.tags = relations, tags
        self.reader = Reader(vocabulary)
        self.root = nn.Parameter(torch.randn(1, 1, 2 * HIDDEN) * 0.01)
        self.arc_from, self.arc_to = perceptron(arcs), perceptron(arcs)
        self.kind_from, self.kind_to = perceptron(kinds), perceptron(kinds)
        self.arc = nn.Parameter(torch.zeros(arcs + 1, arcs))
        self.kind = nn.Parameter(torch.randn(len(relations), kinds + 1, kinds + 1) * 0.01)
        self.tag = nn.Sequential(perceptron(200), nn.Linear(200, len(tags)))

    def forward(self, batch: Sequence[Sequence[str]], heads: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        state, present = self.reader(batch)
        rooted = torch.cat([self.root.expand(len(batch), -1, -1), state], 1)
        ones = torch.ones(*state.shape[:2], 1)
        arcs = torch.cat([self.arc_from(state), ones], 2) @ self.arc @ self.arc_to(rooted).transpose(1, 2)
        possible = torch.cat([torch.ones(len(batch), 1, dtype=torch.bool), present], 1)
        arcs = arcs.masked_fill(~possible[:, None, :], -1e9)
        chosen = arcs.argmax(2) if heads is None else heads.clamp(min=0)
        to = torch.cat([self.kind_to(rooted), torch.ones(*rooted.shape[:2], 1)], 2)
        to = to.gather(1, chosen[..., None].expand(-1, -1, to.shape[2]))
        kinds = torch.einsum("bni,kij,bnj->bnk", torch.cat([self.kind_from(state), ones], 2), self.kind, to)
        return arcs, kinds, self.tag(state), present

    def loss(self, batch: Sequence[tuple[list[str], list[int], list[str], list[str]]]) -> Tensor:
        """Rows are words, heads (0 is the root, words count from 1), relations and tags."""
        words = [row[0] for row in batch]
        heads = padded([row[1] for row in batch])
        arcs, kinds, tags, _ = self(words, heads)
        relation_numbers = {name: n for n, name in enumerate(self.relations)}
        tag_numbers = {name: n for n, name in enumerate(self.tags)}
        gold_kinds = padded([[relation_numbers[name] for name in row[2]] for row in batch])
        gold_tags = padded([[tag_numbers[name] for name in row[3]] for row in batch])
        return entropy(arcs, heads) + entropy(kinds, gold_kinds) + 0.5 * entropy(tags, gold_tags)


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Rows of one length; what fills them up is -1."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[-1] * (longest - len(row))] for row in rows])


def entropy(scores: Tensor, gold: Tensor) -> Tensor:
    """Mean cross entropy over what is known."""
    return nn.functional.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=-1)


def batches(rows: Sequence[Any], draw: random.Random | None = None) -> Iterator[list[int]]:
    """Numbers of rows of like length, about BATCH words at a time, in an order drawn at random."""
    order = sorted(range(len(rows)), key=lambda n: len(rows[n][0]) + (3 * draw.random() if draw else 0))
    found: list[list[int]] = [[]]
    for n in order:
        if found[-1] and (len(found[-1]) + 1) * len(rows[n][0]) > BATCH:
            found.append([])
        found[-1].append(n)
    if draw:
        draw.shuffle(found)
    yield from found


def train(
    teacher: Any, epochs: Sequence[Sequence[Any]], seed: int, rate: float = 2e-3, judge: Callable[[], str] | None = None
) -> None:
    """One pass over each of ``epochs``; the rate rises for some steps and falls to nothing."""
    draw = random.Random(seed)
    optimizer = torch.optim.Adam(teacher.parameters(), lr=rate, betas=(0.9, 0.9))
    plan = [(number, [rows[n] for n in batch]) for number, rows in enumerate(epochs) for batch in batches(rows, draw)]
    falling = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / 200, 1 - n / (len(plan) + 1)))
    total, begun = 0.0, time.perf_counter()
    for step, (number, batch) in enumerate(plan, 1):
        teacher.train()
        loss = teacher.loss(batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
        optimizer.step()
        falling.step()
        total += loss.item()
        if step == len(plan) or plan[step][0] != number:
            seconds = time.perf_counter() - begun
            print(f"epoch {number + 1}: loss {total:.0f}, {seconds:.0f} s {judge() if judge else ''}", flush=True)
            total = 0.0
    teacher.eval()
