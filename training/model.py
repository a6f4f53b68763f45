"""The network: one encoder over word pieces, a flat tagger, a cue tagger for any depth, and a reader asked once per cue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

FLAT = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
CUE = ("O", "B", "I")
NAME = ("O", *(f"{x}-{kind}" for kind in ("person", "organisation", "state", "place", "people", "other") for x in "BI"))
ROLE = ("O", "B-source", "I-source", "B-content", "I-content")
BEFORE, AFTER = 56, 112  # tokens that the reader sees on either side of a cue
BUCKETS = 40


HEAD = 32  # what an attention head of the encoder and the reader is wide


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, heads: int) -> Tensor:
    """Attention of q, k and v (n, t, d) in *heads*; mask (n, t) is true where there is something to attend to."""
    n, t, d = q.shape
    q, k, v = (x.view(n, t, heads, d // heads).transpose(1, 2) for x in (q, k, v))
    kept = None if mask is None else mask.bool()[:, None, None]
    return F.scaled_dot_product_attention(q, k, v, attn_mask=kept).transpose(1, 2).reshape(n, t, d)


class Attention(torch.autograd.Function):
    """The same as one node of an ONNX graph: a tenth less time for the encoder than its parts take."""

    @staticmethod
    def forward(ctx: object, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, heads: int) -> Tensor:
        return attention(q, k, v, mask, heads)

    @staticmethod
    def symbolic(g, q, k, v, mask, heads):  # type: ignore[no-untyped-def]
        rest = []
        if mask is not None:
            absent = g.op("prim::Constant")
            absent.setType(torch._C.OptionalType.ofTensor())
            rest = [absent, g.op("Cast", mask, to_i=torch._C._onnx.TensorProtoDataType.INT32)]
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, *rest, num_heads_i=heads)


class Layer(nn.Module):
    """A BERT layer with fused query, key and value, and as many heads (HEAD wide) and inner units as wanted."""

    def __init__(self, width: int, heads: int, inner: int, eps: float = 1e-12, dropout: float = 0.0) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = nn.Dropout(dropout)
        self.qkv = nn.Linear(width, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        q, k, v = self.qkv(x).split(self.heads * HEAD, -1)
        a = Attention.apply(q, k, v, mask, self.heads) if torch.onnx.is_in_onnx_export() else attention(q, k, v, mask, self.heads)
        x = self.norm1(x + self.dropout(self.out(a)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT over word pieces, with three features of the text added to the embeddings: shape, line break, quotation.

    *layers* gives the heads and the inner units of each.
    """

    def __init__(self, vocabulary: int, layers: Sequence[tuple[int, int]], width: int = 384, positions: int = 512) -> None:
        super().__init__()
        self.piece = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(positions, width)
        self.shape = nn.Embedding(6, width)
        self.line = nn.Embedding(2, width)
        self.quote = nn.Embedding(3, width)
        for table in (self.shape, self.line, self.quote):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout=0.1) for heads, inner in layers)

    def forward(self, ids: Tensor, shape: Tensor, line: Tensor, quote: Tensor, mask: Tensor | None = None) -> Tensor:
        return self.outputs(ids, shape, line, quote, mask)[-1]

    def states(self, ids: Tensor, shape: Tensor, line: Tensor, quote: Tensor) -> tuple[Tensor, Tensor]:
        """What the last layer sees, and beside it what the lower ones did: two thirds and one third of the way up."""
        kept = self.outputs(ids, shape, line, quote)
        n = len(kept)
        return kept[-1], torch.cat([kept[n // 3 - 1], kept[2 * n // 3 - 1], kept[-1]], -1)

    def outputs(self, ids: Tensor, shape: Tensor, line: Tensor, quote: Tensor, mask: Tensor | None = None) -> list[Tensor]:
        """What each layer sees, from the first up."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.piece(ids) + self.position(positions) + self.shape(shape) + self.line(line) + self.quote(quote))
        out = []
        for layer in self.layers:
            x = layer(x, mask)
            out.append(x)
        return out


def load_bert(directory: Path, layers: int) -> Encoder:
    """An Encoder with the weights of a BERT in the Hugging Face layout (model.safetensors, config.json)."""
    from safetensors.torch import load_file

    config = json.loads((directory / "config.json").read_text())
    w = {k.removeprefix("bert."): v for k, v in load_file(directory / "model.safetensors").items()}
    e = Encoder(config["vocab_size"], [(config["num_attention_heads"], config["intermediate_size"])] * layers, config["hidden_size"])
    with torch.no_grad():
        e.piece.weight.copy_(w["embeddings.word_embeddings.weight"])
        e.position.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
        e.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
        e.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
        for n, layer in enumerate(e.layers):
            p = f"encoder.layer.{n}."
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).copy_(torch.cat([w[f"{p}attention.self.{x}.{kind}"] for x in ("query", "key", "value")]))
                for mine, theirs in (
                    (layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"), (layer.down, "output.dense"), (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(mine, kind).copy_(w[f"{p}{theirs}.{kind}"])
    return e


class CRF(nn.Module):
    """Linear-chain conditional random field; impossible transitions (O to I, one role's B to another's I) are barred."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__()
        n = len(labels)
        self.transition = nn.Parameter(torch.zeros(n, n))
        self.begin = nn.Parameter(torch.zeros(n))
        barred = torch.zeros(n, n)
        for i, a in enumerate(labels):
            for j, b in enumerate(labels):
                if b[0] == "I" and a[1:] != b[1:]:
                    barred[i, j] = -1e4
        self.register_buffer("barred", barred)
        self.register_buffer("barred_begin", torch.tensor([-1e4 if b[0] == "I" else 0.0 for b in labels]))

    def loss(self, emission: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Sum of negative log likelihoods; emission (n, t, k), gold (n, t), mask (n, t) true where a token is (left aligned)."""
        trans = self.transition + self.barred
        begin = self.begin + self.barred_begin
        alpha = begin + emission[:, 0]
        score = (begin[gold[:, 0]] + emission[:, 0].gather(1, gold[:, :1]).squeeze(1)) * mask[:, 0]
        steps = trans[gold[:, :-1], gold[:, 1:]] + emission[:, 1:].gather(2, gold[:, 1:, None]).squeeze(2)
        score = score + (steps * mask[:, 1:]).sum(1)
        for t in range(1, emission.shape[1]):
            new = torch.logsumexp(alpha[:, :, None] + trans, 1) + emission[:, t]
            alpha = torch.where(mask[:, t, None], new, alpha)
        return (torch.logsumexp(alpha, 1) - score).sum()


class Reader(nn.Module):
    """Asked about one cue: which of the tokens around it are its source, which its content."""

    def __init__(self, width: int, inner: int = 128, heads: int = 4, layers: int = 2) -> None:
        super().__init__()
        self.into = nn.Linear(width, inner)
        self.cue = nn.Linear(width, inner)
        self.distance = nn.Embedding(BUCKETS, inner)
        self.marked = nn.Embedding(2, inner)
        self.norm = nn.LayerNorm(inner)
        self.layers = nn.ModuleList(Layer(inner, heads, 2 * inner, eps=1e-6) for _ in range(layers))
        self.role = nn.Linear(inner, len(ROLE))

    def project(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """What the reader needs of each token, computed once a text: the token as itself, and as part of a cue."""
        return self.into(hidden), self.cue(hidden)

    def forward(self, token: Tensor, cue: Tensor, bucket: Tensor, marked: Tensor, mask: Tensor) -> Tensor:
        """token (n, t, inner), cue (n, inner), bucket and marked (n, t) integers, mask (n, t) true where a token is.

        Returns scores (n, t, roles). *cue* is the mean over the cue's tokens.
        """
        x = self.norm(token + cue[:, None] + self.distance(bucket) + self.marked(marked))
        for layer in self.layers:
            x = layer(x, mask)
        return self.role(x)


class Names(nn.Module):
    """Tags names by kind, over three layers of an encoder that is not changed for it."""

    def __init__(self, width: int, inner: int = 192) -> None:
        super().__init__()
        self.down = nn.Linear(3 * width, inner)
        self.out = nn.Linear(inner, len(NAME))
        self.crf = CRF(NAME)

    def forward(self, states: Tensor) -> Tensor:
        """(…, 3 width) to scores (…, tags)."""
        return self.out(F.gelu(self.down(states)))


class Network(nn.Module):
    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.piece.weight.shape[1]
        self.encoder = encoder
        self.flat = nn.Linear(width, len(FLAT))
        self.cues = nn.Linear(width, len(CUE))
        self.reader = Reader(width)
        self.flat_crf = CRF(FLAT)
        self.role_crf = CRF(ROLE)
        self.dropout = nn.Dropout(0.1)


def load_network(path: Path) -> Network:
    """The network of a file of weights, whose shapes tell how large it is."""
    weights = torch.load(path, weights_only=True)
    layers = []
    while f"encoder.layers.{len(layers)}.up.weight" in weights:
        heads, inner = (len(weights[f"encoder.layers.{len(layers)}.{part}.weight"]) for part in ("qkv", "up"))
        layers.append((heads // (3 * HEAD), inner))
    net = Network(Encoder(*weights["encoder.piece.weight"].shape[:1], layers, weights["encoder.piece.weight"].shape[1]))
    net.load_state_dict(weights)
    return net
