"""The network of sayso.dates.attention in PyTorch, and how it is taught: the names of its weights are those that the package reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.dates.attention import BLOCKS, BOUND, HEADS, Weights
from sayso.dates.nodes import FLAGS, LAST, LINKS, Window

WIDTH, HIDDEN = 32, 48
EPOCHS, RATE, DECAY, BATCH = 6, 1e-3, 0.1, 6
# What is dropped: of states and of features, of all else.
DROP_STATES, DROP_FEATURES, DROP = 0.3, 0.15, 0.4


@dataclass
class Example:
    """A window with the features of its candidates, and of each labelled statement its candidates, which of them are right, and what it counts."""

    window: Window
    rows: np.ndarray
    labels: list[tuple[list[int], list[int], float]]


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.seen, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.links = nn.Parameter(torch.randn(LINKS, HEADS) * 0.05)
        self.drop = nn.Dropout(DROP)

    def forward(self, x: Tensor, links: Tensor) -> Tensor:
        n = len(x)
        q, k, v = (a.view(n, HEADS, -1).transpose(0, 1) for a in self.seen(self.before(x)).chunk(3, -1))
        bias = (links @ self.links).view(n, n, HEADS).permute(2, 0, 1)
        share = self.drop((q @ k.transpose(1, 2) / math.sqrt(WIDTH / HEADS) + bias).softmax(-1))
        x = x + self.drop(self.out((share @ v).transpose(0, 1).reshape(n, WIDTH)))
        return x + self.drop(self.down(self.drop(F.relu(self.up(self.between(x))))))


class Attention(nn.Module):
    def __init__(self, scale: dict[str, np.ndarray], shapes: int) -> None:
        super().__init__()
        for name, value in scale.items():
            self.register_buffer(name, torch.as_tensor(value, dtype=torch.float32))
        states = 3 * len(scale["mean"])
        self.told, self.tellings = nn.Linear(states, WIDTH), nn.Linear(states, WIDTH)
        self.own, self.shapes = nn.Linear(len(scale["own_mean"]), WIDTH), nn.Linear(shapes, WIDTH)
        self.place = nn.Parameter(torch.randn(LAST + 1, WIDTH) * 0.1)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.last = nn.LayerNorm(WIDTH)
        self.asking, self.answering = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.pair, self.features = nn.Linear(3 * WIDTH, HIDDEN), nn.Linear(len(scale["feature_mean"]), HIDDEN)
        self.middle, self.day = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, 1)
        self.doubt, self.none = nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, 1)
        self.drop, self.drop_states, self.drop_features = nn.Dropout(DROP), nn.Dropout(DROP_STATES), nn.Dropout(DROP_FEATURES)

    def forward(self, w: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        told = self.told(self.drop_states(w["told"])) + self.own(w["own"])
        x = torch.cat([told, self.tellings(self.drop_states(w["tellings"])) + self.shapes(w["shapes"])]) + self.place[w["paragraph"]]
        for block in self.blocks:
            x = block(x, w["links"])
        x = self.last(x)
        asking, answering = self.asking(x[w["of"]]), self.answering(x)
        match = (asking @ answering.T / math.sqrt(WIDTH)).masked_fill(~w["group"], -1e4)
        share = match.softmax(-1)
        z = self.pair(torch.cat([asking * (share @ answering), share @ x + x[w["near"]], x[w["of"]]], 1))
        z = z + self.features(self.drop_features(w["rows"]))
        z = self.day(self.drop(F.relu(self.middle(self.drop(F.relu(z))))))[:, 0]
        none = self.none(self.drop(F.relu(self.doubt(x[: len(w["told"])]))))[:, 0]
        return z + torch.logsumexp(match, -1), none


def scale(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    """Means and deviations of all that is standardised."""
    states = np.concatenate([np.concatenate([e.window.told[:, 0], e.window.tellings.reshape(-1, e.window.told.shape[2])]) for e in examples])
    out = {"mean": states.mean(0), "deviation": states.std(0) + 1e-3}
    for name, rows in (("own", [e.window.own for e in examples]), ("feature", [e.rows for e in examples])):
        joined = np.concatenate(rows)
        out[f"{name}_mean"], out[f"{name}_deviation"] = joined.mean(0), joined.std(0) + 1e-2
    return out


def tensors(e: Example, s: dict[str, np.ndarray]) -> dict[str, Tensor]:
    """A window as the network in training takes it."""
    w, n = e.window, len(e.window.paragraph)
    links = np.zeros((n, n, LINKS), np.float32)
    for column in range(w.links.shape[2]):
        np.put_along_axis(links, w.links[..., column : column + 1], 1.0, axis=2)
    links[..., FLAGS:] = w.flags
    out = {
        "told": ((w.told - s["mean"]) / s["deviation"] * w.filled).reshape(len(w.told), -1), "tellings": ((w.tellings - s["mean"]) / s["deviation"]).reshape(len(w.tellings), -1),
        "own": np.clip((w.own - s["own_mean"]) / s["own_deviation"], -BOUND, BOUND), "shapes": w.shapes, "links": links.reshape(n * n, LINKS),
        "rows": np.clip((e.rows - s["feature_mean"]) / s["feature_deviation"], -BOUND, BOUND),
    }  # fmt: skip
    kept = {"paragraph": w.paragraph, "of": w.of, "near": w.near, "group": w.group}
    return {**{k: torch.as_tensor(np.asarray(v, np.float32)) for k, v in out.items()}, **{k: torch.as_tensor(v) for k, v in kept.items()}}


def loss(net: Attention, feed: dict[str, Tensor], labels: list[tuple[list[int], list[int], float]]) -> Tensor:
    """How unlikely the right days are, or none where no candidate is right."""
    days, none = net(feed)
    out = days.new_zeros(())
    for at, right, counts in labels:
        z = torch.cat([none[feed["of"][at[0]]][None], days[at]]).log_softmax(0)
        out = out - counts * (torch.logsumexp(z[[1 + at.index(i) for i in right]], 0) if right else z[0])
    return out


def taught(examples: Sequence[Example], scaled: dict[str, np.ndarray], seed: int) -> Weights:
    """A network taught on *examples*, as the arrays that the package reads."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    used = [e for e in examples if e.labels]
    feeds = [tensors(e, scaled) for e in used]
    net = Attention(scaled, used[0].window.shapes.shape[1]).train()
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    batches = math.ceil(len(used) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * batches + 1, pct_start=0.15)
    rng = np.random.RandomState(seed)
    for _ in range(EPOCHS):
        for batch in np.array_split(rng.permutation(len(used)), batches):
            optimiser.zero_grad()
            total = sum(counts for i in batch for *_, counts in used[i].labels)
            (sum(loss(net, feeds[i], used[i].labels) for i in batch) / total).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return {name: value.detach().numpy().astype(np.float32) for name, value in net.state_dict().items()}
