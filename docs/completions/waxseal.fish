# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_waxseal_global_optspecs
    string join \n h/help V/version
end

function __fish_waxseal_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_waxseal_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_waxseal_using_subcommand
    set -l cmd (__fish_waxseal_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c waxseal -n "__fish_waxseal_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_needs_command" -s V -l version -d 'Print version'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "seal" -d 'Seal Secrets: Secrets in, SealedSecrets out'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "raw" -d 'Seal one value: a value in, one sealed string out'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "unseal" -d 'Open SealedSecrets offline, with the private keys'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "verify" -d 'Tell whether SealedSecrets open'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "set" -d 'Seal one value into a SealedSecret file, in place'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "unset" -d 'Take values out of a SealedSecret file, in place'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "edit" -d 'Edit the values of a SealedSecret file'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "reencrypt" -d 'Seal values to the newest key, in place'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "promote" -d 'Seal again for another cluster or another namespace'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "lint" -d 'Find what is wrong with Secrets and SealedSecrets, without a key and without a cluster'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "textconv" -d 'Show a file with a short name for each sealed value, for `git diff`'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "git-setup" -d 'Make `git diff` of this repo show which values changed'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "log" -d 'List the commits in which a value changed'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "diff" -d 'Compare SealedSecrets in Git with the cluster, without showing a value'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "cert" -d 'Fetch, show and check the certificate'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "keys" -d 'List, make, back up, restore, renew and retire sealing keys'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "man" -d 'Print the manual page'
complete -c waxseal -n "__fish_waxseal_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -s w -l write -d 'Write to this file instead of standard output; it is replaced whole, or left alone on failure' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -s o -l format -d 'yaml or json [default: what the name of OUT says, else yaml]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l cert -d 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml\'s, else the cluster\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l scope -d 'strict, namespace-wide or cluster-wide: how freely the SealedSecret may be renamed and moved [default: what the Secret\'s annotations say, else strict]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l name -d 'The name of the SealedSecret, instead of the Secret\'s own' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l clusters -d 'Seal for these clusters of .waxseal.yaml, or for all: a file for each Secret and cluster, where output says' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l explain -d 'Say on standard error where each setting came from'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l fresh -d 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l no-hints -d 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l passthrough -d 'Let documents that are no Secrets through as they are, as a Helm or kustomize post-renderer has to'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l allow-empty-data -d 'Seal Secrets that have no data, too'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l compare-cluster -d 'Keep a value of OUT if the cluster\'s Secret, which was made of it, holds the same'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand seal" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l from-file -d 'The file that holds the value [default: standard input]' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l name -d 'The name of the SealedSecret; needed with the scope strict' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l key -d 'The key of the Secret\'s data that the value is for. A stable key seals with it only, since its bytes are bound to the key' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l cert -d 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml\'s, else the cluster\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l scope -d 'strict, namespace-wide or cluster-wide: how freely the SealedSecret may be renamed and moved [default: what the Secret\'s annotations say, else strict]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -s w -l write -d 'Write to this file instead of standard output; it is replaced whole, or left alone on failure' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l fresh -d 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration'
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l explain -d 'Say on standard error where each setting came from'
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand raw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand unseal" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand unseal" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand unseal" -l output-value -d 'Print the value of this key alone, as it is' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand unseal" -s w -l write -d 'Write to this file instead of standard output; it is replaced whole, or left alone on failure' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand unseal" -s o -l format -d 'yaml or json [default: what the name of OUT says, else yaml]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand unseal" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l from-file -d 'The file that holds the value' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l name -d 'The SealedSecret\'s name, where the file holds several; --namespace tells those of one name apart' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l cert -d 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml\'s, else the cluster\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l fresh -d 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration'
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l no-hints -d 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value'
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l explain -d 'Say on standard error where each setting came from'
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand unset" -l name -d 'The SealedSecret\'s name, where the file holds several' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand unset" -s n -l namespace -d 'The SealedSecret\'s namespace, where the file holds several of one name' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l name -d 'The SealedSecret\'s name, where the file holds several; --namespace tells those of one name apart' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l cert -d 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml\'s, else the cluster\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l guard -d 'For the process that wipes the values' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -s y -l yes -d 'Write without asking'
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l fresh -d 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration'
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l no-hints -d 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value'
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l explain -d 'Say on standard error where each setting came from'
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l cert -d 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml\'s, else the cluster\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l explain -d 'Say on standard error where each setting came from'
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l fresh -d 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration'
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l no-hints -d 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value'
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l check -d 'Change nothing; tell what is due, and exit 1 if something is. Without a private key the annotation waxseal.dev/sealing-keys is believed, and values that it says nothing about fail the check'
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l controller -d 'Let the cluster\'s controller do it, which takes no private key'
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand reencrypt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -l to-cert -d 'The certificate to seal with: a file, or an http or https URL' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -l to-cluster -d 'The cluster of .waxseal.yaml to seal for: its certificate, its names of namespaces, and its files, unless -w says otherwise' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -l to-namespace -d 'The namespace to seal for [default: the one it has]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -s n -l namespace -d 'The namespace that the values were sealed for, where the SealedSecret names none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -s w -l write -d 'Write to this file instead of standard output; for several files it is a directory' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -l fresh -d 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration'
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -l no-hints -d 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value'
complete -c waxseal -n "__fish_waxseal_using_subcommand promote" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand lint" -l format -d 'text, github, sarif, junit or json' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand lint" -l deny -d '`warnings`: they fail, too' -r -f -a "warnings\t''"
complete -c waxseal -n "__fish_waxseal_using_subcommand lint" -l cert -d 'The certificate whose key all values must fit: a file, or an http or https URL [default: .waxseal.yaml\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand lint" -l explain -d 'Say what a rule finds, why it matters, and what to do about it' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand lint" -l staged -d 'Look at what Git would commit, of FILE or of everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand textconv" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand textconv" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand textconv" -l show-plaintext -d 'Show what is inside of the values that a private key opens'
complete -c waxseal -n "__fish_waxseal_using_subcommand textconv" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand git-setup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand log" -l name -d 'The SealedSecret\'s name, where the file holds several' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand log" -s n -l namespace -d 'The SealedSecret\'s namespace, where the file holds several of one name' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand log" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand log" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and not __fish_seen_subcommand_from fetch show check help" -s h -l help -d 'Print help'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and not __fish_seen_subcommand_from fetch show check help" -f -a "fetch" -d 'Get the cluster\'s certificate, for sealing without access to the cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and not __fish_seen_subcommand_from fetch show check help" -f -a "show" -d 'Show the certificate\'s fingerprint, size and validity'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and not __fish_seen_subcommand_from fetch show check help" -f -a "check" -d 'Tell whether the certificate may be sealed with'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and not __fish_seen_subcommand_from fetch show check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -s w -l write -d 'Write to this file instead of standard output' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l clusters -d 'Refresh the certificates of these clusters of .waxseal.yaml, or of all. Each is fetched by the context of the cluster\'s name, unless context or url says otherwise' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l cert -d 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml\'s, else the cluster\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l explain -d 'Say on standard error where each setting came from'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from fetch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l cert -d 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml\'s, else the cluster\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l explain -d 'Say on standard error where each setting came from'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l within -d 'How soon is soon: 720h, 90d' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l cert -d 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml\'s, else the cluster\'s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l explain -d 'Say on standard error where each setting came from'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from help" -f -a "fetch" -d 'Get the cluster\'s certificate, for sealing without access to the cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the certificate\'s fingerprint, size and validity'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from help" -f -a "check" -d 'Tell whether the certificate may be sealed with'
complete -c waxseal -n "__fish_waxseal_using_subcommand cert; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -s h -l help -d 'Print help'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -f -a "list" -d 'List the keys with their age and how many values each still opens'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -f -a "generate" -d 'Make a key pair offline, to bring it to a cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -f -a "backup" -d 'Save the cluster\'s keys in one encrypted file'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -f -a "restore" -d 'Bring keys from a backup into a cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -f -a "rotate" -d 'Ask the controller for a new key'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -f -a "retire" -d 'Tell what still depends on an old key, and take it out of use'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -f -a "stable-key" -d 'Make the secret that makes diffs quiet'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and not __fish_seen_subcommand_from list generate backup restore rotate retire stable-key help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -s k -l private-key -d 'A private key: a PEM file, or a backup of the controller\'s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l hints -d 'Tell what the FILEs say about their keys (waxseal.dev/sealing-keys) and open nothing: takes no key and no cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from generate" -l key-out -d 'The file for the private key, PKCS#1 in PEM' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from generate" -l cert-out -d 'The file for the certificate, PEM' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from generate" -l secret-out -d 'The file for the key Secret, YAML or JSON; - is standard output' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from generate" -l key-size -d 'Length of the RSA modulus in bits, 2048 to 8192' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from generate" -l valid-for -d 'How long the certificate holds: 87600h, 365d' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from generate" -l common-name -d 'The common name in the certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from generate" -l controller-namespace -d 'The namespace of the key Secret' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -s w -l write -d 'Write to this file instead of standard output' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -s r -l recipient -d 'Encrypt to this age recipient; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -s R -l recipients-file -d 'Encrypt to the age recipients in this file, one a line; may be repeated' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -s p -l passphrase -d 'Encrypt with a passphrase'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l plain -d 'Do not encrypt'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -s i -l identity -d 'An age identity that opens an encrypted backup; without one it takes a passphrase' -r -F
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -s n -l namespace -d 'The namespace, for Secrets that name none' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l controller-namespace -d 'The namespace that the controller runs in [default: kube-system]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l controller-name -d 'The name of the controller\'s Service [default: sealed-secrets-controller]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l kubeconfig -d 'The kubeconfig file' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l context -d 'The context of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l cluster -d 'The cluster of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l user -d 'The user of the kubeconfig' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -s s -l server -d 'The address of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l token -d 'The bearer token to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l as -d 'The user to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l as-group -d 'The groups to act as; may be repeated' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l as-uid -d 'The uid to act as' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l certificate-authority -d 'The certificate authority of the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l client-certificate -d 'The client certificate to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l client-key -d 'The key of the client certificate' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l tls-server-name -d 'The name that the API server\'s certificate must have' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l proxy-url -d 'The proxy on the way to the API server' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l request-timeout -d 'How long one request may take; 0 is for ever [default: 60s]' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l username -d 'The user name to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l password -d 'The password to log in with' -r
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l confirm -d 'Take it out of use, if nothing depends on it'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate: whoever is in between reads and changes everything'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -l disable-compression -d 'Ask the API server for answers that are not compressed'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from retire" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from stable-key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from stable-key" -f -a "generate" -d 'Make a stable key: 32 random bytes, as base64'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from stable-key" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the keys with their age and how many values each still opens'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "generate" -d 'Make a key pair offline, to bring it to a cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "backup" -d 'Save the cluster\'s keys in one encrypted file'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Bring keys from a backup into a cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Ask the controller for a new key'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "retire" -d 'Tell what still depends on an old key, and take it out of use'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "stable-key" -d 'Make the secret that makes diffs quiet'
complete -c waxseal -n "__fish_waxseal_using_subcommand keys; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c waxseal -n "__fish_waxseal_using_subcommand completions" -s h -l help -d 'Print help'
complete -c waxseal -n "__fish_waxseal_using_subcommand man" -s h -l help -d 'Print help'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "seal" -d 'Seal Secrets: Secrets in, SealedSecrets out'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "raw" -d 'Seal one value: a value in, one sealed string out'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "unseal" -d 'Open SealedSecrets offline, with the private keys'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "verify" -d 'Tell whether SealedSecrets open'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "set" -d 'Seal one value into a SealedSecret file, in place'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "unset" -d 'Take values out of a SealedSecret file, in place'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "edit" -d 'Edit the values of a SealedSecret file'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "reencrypt" -d 'Seal values to the newest key, in place'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "promote" -d 'Seal again for another cluster or another namespace'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "lint" -d 'Find what is wrong with Secrets and SealedSecrets, without a key and without a cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "textconv" -d 'Show a file with a short name for each sealed value, for `git diff`'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "git-setup" -d 'Make `git diff` of this repo show which values changed'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "log" -d 'List the commits in which a value changed'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "diff" -d 'Compare SealedSecrets in Git with the cluster, without showing a value'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "cert" -d 'Fetch, show and check the certificate'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "keys" -d 'List, make, back up, restore, renew and retire sealing keys'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "man" -d 'Print the manual page'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and not __fish_seen_subcommand_from seal raw unseal verify set unset edit reencrypt promote lint textconv git-setup log diff cert keys completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from cert" -f -a "fetch" -d 'Get the cluster\'s certificate, for sealing without access to the cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from cert" -f -a "show" -d 'Show the certificate\'s fingerprint, size and validity'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from cert" -f -a "check" -d 'Tell whether the certificate may be sealed with'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "list" -d 'List the keys with their age and how many values each still opens'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "generate" -d 'Make a key pair offline, to bring it to a cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "backup" -d 'Save the cluster\'s keys in one encrypted file'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "restore" -d 'Bring keys from a backup into a cluster'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "rotate" -d 'Ask the controller for a new key'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "retire" -d 'Tell what still depends on an old key, and take it out of use'
complete -c waxseal -n "__fish_waxseal_using_subcommand help; and __fish_seen_subcommand_from keys" -f -a "stable-key" -d 'Make the secret that makes diffs quiet'
