"""The mean of several networks' weights, taught on from one another: often better than each. See README.md beside this file."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights", type=Path, nargs="+", help="files of weights; one that is named twice counts twice")
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    every = [torch.load(path, weights_only=True) for path in args.weights]
    first = every[0]
    mean = {k: sum(w[k].float() for w in every) / len(every) if v.is_floating_point() else v for k, v in first.items()}
    torch.save(mean, args.out)


if __name__ == "__main__":
    main()
