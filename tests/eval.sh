#!/usr/bin/env bash
# One table of what understanding and gate do on labelled data, by words alone and with the sentence encoder. us/msg is the cheap path; enc. is the
# share of texts that the encoder was asked about, us/enc what one of them took. rej95 is the share of messages without an issue that is rejected where
# 95 % of the others are kept; where there are no others, the share for which no playbook is chosen.
# Usage: bash tests/eval.sh DATA   (DATA holds messages/, gate/, injection/ and make_playbooks.py)
set -eu
cd "$(dirname "$0")/.."
data=${1:?Name the data folder: bash tests/eval.sh DATA}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
dotnet build src/OpsChat.Host -c Release --nologo --verbosity quiet
opschat() { dotnet src/OpsChat.Host/bin/Release/net10.0/OpsChat.Host.dll "$@"; }

row() { # name, playbooks, messages
  for encoder in off on; do OpsChat__Encoder=$encoder OpsChat__Data=$work/data opschat eval --playbooks "$2" --messages "$3" --json 2>/dev/null | line "$1" $encoder; done
}

line() { # name, encoder; the report as JSON comes in
  NAME=$1 ENCODER=$2 python3 -c '
import json, os, sys
r = json.load(sys.stdin)
i, o, s, f, l = r["inScope"], r["outOfScope"], r["selective"], r["financial"], r["language"]
def share(part, whole): return "     -" if not whole else "%6.3f" % (part / whole)
sure = [b for b in r["calibration"] if b["from"] >= 0.8 - 1e-9]
e = r["encoder"] or { "asked": 0, "microsecondsPerText": 0 }
print("%-18s %-3s %6d %6s %6s %6.3f %6.3f %6.3f %6s %6s %6s %6s %6s %6.0f %6s %6.0f %7.0f" % (
    os.environ["NAME"], os.environ["ENCODER"], r["messages"], share(i["accuracy"] * i["count"], i["count"]), share(i["answeredRight"], i["answered"]),
    s["0.05"], s["0.10"], s["0.20"], share(o["rejectedAt95"] if i["count"] else o["rejected"], o["count"]), share(sum(b["right"] for b in sure), sum(b["count"] for b in sure)),
    share(f["caught"], f["yes"]), share(f["overCaught"], f["no"]), share(l["right"], l["count"]), r["microsecondsPerMessage"], share(e["asked"], r["messages"]), e["microsecondsPerText"], r["trainMilliseconds"]))'
}

# Our own questions to the shipped playbooks. Of "a|b", two that both answer, only the first counts as right.
own_questions() { # name
  python3 -c '
import csv, sys
out = csv.writer(sys.stdout); out.writerow(["text", "issue", "financial", "lang"])
for row in csv.DictReader(sys.stdin): out.writerow([row["text"], row["issue"].split("|")[0], "", ""])
' < "tests/OpsChat.Tests/Fixtures/$1.csv" > "$work/$1.csv"
  row "$1" playbooks "$work/$1.csv"
}

# Messages that no playbook of a shop answers; their files have no labels.
no_issue() { # name
  python3 -c '
import csv, sys
out = csv.writer(sys.stdout); out.writerow(["text", "issue", "financial", "lang"])
for row in csv.DictReader(sys.stdin): out.writerow([row["text"], "none", "", row["lang"]])
' < "$data/injection/$1-dev.csv" > "$work/$1.csv"
  row "$1" playbooks "$work/$1.csv"
}

mkdir -p "$work/data"
printf '%-18s %-3s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %7s\n' \
  set enc messg. guess chosen sel05 sel10 sel20 rej95 conf.8 caught over lang us/msg enc. us/enc train
for name in sofmattress banking77 clinc150 bitext; do
  python3 "$data/make_playbooks.py" "$data/messages/$name-train.csv" "$work/$name" --financial-from >/dev/null
  row "$name" "$work/$name" "$data/messages/$name-test.csv"
done
python3 "$data/make_playbooks.py" "$data/messages/banking77-train.csv" "$work/banking10" --max-examples 10 >/dev/null
row "banking77, 10 each" "$work/banking10" "$data/messages/banking77-test.csv"
row "gate" playbooks "$data/gate/gate-dev.csv"
row "money" playbooks "$data/gate/money-dev2.csv"
own_questions shop-questions
own_questions shop-questions-held-out
own_questions described-questions
no_issue attacks
no_issue benign
