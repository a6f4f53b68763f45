"""How the package's ONNX graphs are run."""

from __future__ import annotations

from pathlib import Path

import onnxruntime as ort

from sayso.attribution.gate import NATIVE
from sayso.errors import SaysoError


def load(path: Path, threads: int) -> ort.InferenceSession:
    """The graph in the file *path*, to be run by *threads* threads. Raises SaysoError if the file is missing."""
    if not path.is_file():
        raise SaysoError(f"the models in {path.parent} are incomplete: no {path.name}", "Install sayso again")
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # laid out anew for each shape; without, what a run has used serves the next
    with NATIVE:
        # "Add, then normalise" in one node takes five times what the two take one after the other.
        return ort.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
