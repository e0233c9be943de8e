#!/usr/bin/env bash
# Moves all sealed values of a repository to the cluster's newest key, and opens a pull request if that changed anything.
#
#   reencrypt.sh CERTIFICATE FOLDER…
#
# Run it in a clone of the repository, with waxseal, git and gh. In the environment:
#   KEYS, IDENTITY  a key backup and the age identity that opens it: values are opened here. Without them the cluster's
#                   controller does it, which takes a kubeconfig and no key.
#   BRANCH          the branch of the pull request, waxseal/reencrypt unless set
set -euo pipefail

certificate=$1
shift
branch=${BRANCH:-waxseal/reencrypt}
base=$(git symbolic-ref --short HEAD)

if [[ -n ${KEYS:-} ]]; then
    waxseal reencrypt --private-key "$KEYS" ${IDENTITY:+--identity "$IDENTITY"} --cert "$certificate" "$@"
else
    waxseal cert fetch -w "$certificate"
    waxseal reencrypt --controller "$@"
fi

if [[ -z $(git status --porcelain --untracked-files=no) ]]; then
    echo "Every value is sealed to the newest key."
    exit 0
fi

# A pull request that was opened last time and not merged yet is brought up to date.
git switch --quiet --force-create "$branch"
git commit --quiet --all --message "Re-encrypt sealed values to the newest key"
git push --quiet --force origin "$branch"
git switch --quiet "$base"
if [[ -z $(gh pr list --head "$branch" --state open --json number --jq '.[].number') ]]; then
    gh pr create --base "$base" --head "$branch" --title "Re-encrypt sealed values to the newest key" \
        --body "The values stay the same. Once this is merged and synced, \`waxseal keys retire\` tells whether older keys can go."
fi
