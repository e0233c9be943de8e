
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'waxseal' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'waxseal'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'waxseal' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('seal', 'seal', [CompletionResultType]::ParameterValue, 'Seal Secrets: Secrets in, SealedSecrets out')
            [CompletionResult]::new('raw', 'raw', [CompletionResultType]::ParameterValue, 'Seal one value: a value in, one sealed string out')
            [CompletionResult]::new('unseal', 'unseal', [CompletionResultType]::ParameterValue, 'Open SealedSecrets offline, with the private keys')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Tell whether SealedSecrets open')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Seal one value into a SealedSecret file, in place')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take values out of a SealedSecret file, in place')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit the values of a SealedSecret file')
            [CompletionResult]::new('reencrypt', 'reencrypt', [CompletionResultType]::ParameterValue, 'Seal values to the newest key, in place')
            [CompletionResult]::new('promote', 'promote', [CompletionResultType]::ParameterValue, 'Seal again for another cluster or another namespace')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Find what is wrong with Secrets and SealedSecrets, without a key and without a cluster')
            [CompletionResult]::new('textconv', 'textconv', [CompletionResultType]::ParameterValue, 'Show a file with a short name for each sealed value, for `git diff`')
            [CompletionResult]::new('git-setup', 'git-setup', [CompletionResultType]::ParameterValue, 'Make `git diff` of this repo show which values changed')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'List the commits in which a value changed')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare SealedSecrets in Git with the cluster, without showing a value')
            [CompletionResult]::new('cert', 'cert', [CompletionResultType]::ParameterValue, 'Fetch, show and check the certificate')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'List, make, back up, restore, renew and retire sealing keys')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'waxseal;seal' {
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; it is replaced whole, or left alone on failure')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; it is replaced whole, or left alone on failure')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'yaml or json [default: what the name of OUT says, else yaml]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'yaml or json [default: what the name of OUT says, else yaml]')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml''s, else the cluster''s]')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'strict, namespace-wide or cluster-wide: how freely the SealedSecret may be renamed and moved [default: what the Secret''s annotations say, else strict]')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name of the SealedSecret, instead of the Secret''s own')
            [CompletionResult]::new('--clusters', '--clusters', [CompletionResultType]::ParameterName, 'Seal for these clusters of .waxseal.yaml, or for all: a file for each Secret and cluster, where output says')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say on standard error where each setting came from')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration')
            [CompletionResult]::new('--no-hints', '--no-hints', [CompletionResultType]::ParameterName, 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value')
            [CompletionResult]::new('--passthrough', '--passthrough', [CompletionResultType]::ParameterName, 'Let documents that are no Secrets through as they are, as a Helm or kustomize post-renderer has to')
            [CompletionResult]::new('--allow-empty-data', '--allow-empty-data', [CompletionResultType]::ParameterName, 'Seal Secrets that have no data, too')
            [CompletionResult]::new('--compare-cluster', '--compare-cluster', [CompletionResultType]::ParameterName, 'Keep a value of OUT if the cluster''s Secret, which was made of it, holds the same')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;raw' {
            [CompletionResult]::new('--from-file', '--from-file', [CompletionResultType]::ParameterName, 'The file that holds the value [default: standard input]')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name of the SealedSecret; needed with the scope strict')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The key of the Secret''s data that the value is for. A stable key seals with it only, since its bytes are bound to the key')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml''s, else the cluster''s]')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'strict, namespace-wide or cluster-wide: how freely the SealedSecret may be renamed and moved [default: what the Secret''s annotations say, else strict]')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; it is replaced whole, or left alone on failure')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; it is replaced whole, or left alone on failure')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say on standard error where each setting came from')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;unseal' {
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--output-value', '--output-value', [CompletionResultType]::ParameterName, 'Print the value of this key alone, as it is')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; it is replaced whole, or left alone on failure')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; it is replaced whole, or left alone on failure')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'yaml or json [default: what the name of OUT says, else yaml]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'yaml or json [default: what the name of OUT says, else yaml]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;verify' {
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;set' {
            [CompletionResult]::new('--from-file', '--from-file', [CompletionResultType]::ParameterName, 'The file that holds the value')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The SealedSecret''s name, where the file holds several; --namespace tells those of one name apart')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml''s, else the cluster''s]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration')
            [CompletionResult]::new('--no-hints', '--no-hints', [CompletionResultType]::ParameterName, 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say on standard error where each setting came from')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;unset' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The SealedSecret''s name, where the file holds several')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The SealedSecret''s namespace, where the file holds several of one name')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The SealedSecret''s namespace, where the file holds several of one name')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The SealedSecret''s name, where the file holds several; --namespace tells those of one name apart')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml''s, else the cluster''s]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--guard', '--guard', [CompletionResultType]::ParameterName, 'For the process that wipes the values')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Write without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Write without asking')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration')
            [CompletionResult]::new('--no-hints', '--no-hints', [CompletionResultType]::ParameterName, 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say on standard error where each setting came from')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;reencrypt' {
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml''s, else the cluster''s]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say on standard error where each setting came from')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration')
            [CompletionResult]::new('--no-hints', '--no-hints', [CompletionResultType]::ParameterName, 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Change nothing; tell what is due, and exit 1 if something is. Without a private key the annotation waxseal.dev/sealing-keys is believed, and values that it says nothing about fail the check')
            [CompletionResult]::new('--controller', '--controller', [CompletionResultType]::ParameterName, 'Let the cluster''s controller do it, which takes no private key')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;promote' {
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--to-cert', '--to-cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL')
            [CompletionResult]::new('--to-cluster', '--to-cluster', [CompletionResultType]::ParameterName, 'The cluster of .waxseal.yaml to seal for: its certificate, its names of namespaces, and its files, unless -w says otherwise')
            [CompletionResult]::new('--to-namespace', '--to-namespace', [CompletionResultType]::ParameterName, 'The namespace to seal for [default: the one it has]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace that the values were sealed for, where the SealedSecret names none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace that the values were sealed for, where the SealedSecret names none')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; for several files it is a directory')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; for several files it is a directory')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Seal at random, even where there is a stable key: in WAXSEAL_STABLE_KEY, in the file that .waxseal.yaml names, or in the folder waxseal of your configuration')
            [CompletionResult]::new('--no-hints', '--no-hints', [CompletionResultType]::ParameterName, 'Leave out the annotation waxseal.dev/sealing-keys, which says what key sealed which value')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;lint' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'text, github, sarif, junit or json')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, '`warnings`: they fail, too')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate whose key all values must fit: a file, or an http or https URL [default: .waxseal.yaml''s]')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say what a rule finds, why it matters, and what to do about it')
            [CompletionResult]::new('--staged', '--staged', [CompletionResultType]::ParameterName, 'Look at what Git would commit, of FILE or of everything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;textconv' {
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--show-plaintext', '--show-plaintext', [CompletionResultType]::ParameterName, 'Show what is inside of the values that a private key opens')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;git-setup' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;log' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The SealedSecret''s name, where the file holds several')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The SealedSecret''s namespace, where the file holds several of one name')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The SealedSecret''s namespace, where the file holds several of one name')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;diff' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;cert' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('fetch', 'fetch', [CompletionResultType]::ParameterValue, 'Get the cluster''s certificate, for sealing without access to the cluster')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the certificate''s fingerprint, size and validity')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tell whether the certificate may be sealed with')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'waxseal;cert;fetch' {
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output')
            [CompletionResult]::new('--clusters', '--clusters', [CompletionResultType]::ParameterName, 'Refresh the certificates of these clusters of .waxseal.yaml, or of all. Each is fetched by the context of the cluster''s name, unless context or url says otherwise')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml''s, else the cluster''s]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say on standard error where each setting came from')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;cert;show' {
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml''s, else the cluster''s]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say on standard error where each setting came from')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;cert;check' {
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'How soon is soon: 720h, 90d')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'The certificate to seal with: a file, or an http or https URL [default: .waxseal.yaml''s, else the cluster''s]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say on standard error where each setting came from')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;cert;help' {
            [CompletionResult]::new('fetch', 'fetch', [CompletionResultType]::ParameterValue, 'Get the cluster''s certificate, for sealing without access to the cluster')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the certificate''s fingerprint, size and validity')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tell whether the certificate may be sealed with')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'waxseal;cert;help;fetch' {
            break
        }
        'waxseal;cert;help;show' {
            break
        }
        'waxseal;cert;help;check' {
            break
        }
        'waxseal;cert;help;help' {
            break
        }
        'waxseal;keys' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the keys with their age and how many values each still opens')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key pair offline, to bring it to a cluster')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Save the cluster''s keys in one encrypted file')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring keys from a backup into a cluster')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Ask the controller for a new key')
            [CompletionResult]::new('retire', 'retire', [CompletionResultType]::ParameterValue, 'Tell what still depends on an old key, and take it out of use')
            [CompletionResult]::new('stable-key', 'stable-key', [CompletionResultType]::ParameterValue, 'Make the secret that makes diffs quiet')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'waxseal;keys;list' {
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('--private-key', '--private-key', [CompletionResultType]::ParameterName, 'A private key: a PEM file, or a backup of the controller''s key Secrets, encrypted with age or not. May be repeated. Without it the environment variable WAXSEAL_PRIVATE_KEY holds the text')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase, typed or in WAXSEAL_PASSPHRASE')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--hints', '--hints', [CompletionResultType]::ParameterName, 'Tell what the FILEs say about their keys (waxseal.dev/sealing-keys) and open nothing: takes no key and no cluster')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;keys;generate' {
            [CompletionResult]::new('--key-out', '--key-out', [CompletionResultType]::ParameterName, 'The file for the private key, PKCS#1 in PEM')
            [CompletionResult]::new('--cert-out', '--cert-out', [CompletionResultType]::ParameterName, 'The file for the certificate, PEM')
            [CompletionResult]::new('--secret-out', '--secret-out', [CompletionResultType]::ParameterName, 'The file for the key Secret, YAML or JSON; - is standard output')
            [CompletionResult]::new('--key-size', '--key-size', [CompletionResultType]::ParameterName, 'Length of the RSA modulus in bits, 2048 to 8192')
            [CompletionResult]::new('--valid-for', '--valid-for', [CompletionResultType]::ParameterName, 'How long the certificate holds: 87600h, 365d')
            [CompletionResult]::new('--common-name', '--common-name', [CompletionResultType]::ParameterName, 'The common name in the certificate')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace of the key Secret')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;keys;backup' {
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Encrypt to this age recipient; may be repeated')
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'Encrypt to this age recipient; may be repeated')
            [CompletionResult]::new('-R', '-R ', [CompletionResultType]::ParameterName, 'Encrypt to the age recipients in this file, one a line; may be repeated')
            [CompletionResult]::new('--recipients-file', '--recipients-file', [CompletionResultType]::ParameterName, 'Encrypt to the age recipients in this file, one a line; may be repeated')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Encrypt with a passphrase')
            [CompletionResult]::new('--passphrase', '--passphrase', [CompletionResultType]::ParameterName, 'Encrypt with a passphrase')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Do not encrypt')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;keys;restore' {
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'An age identity that opens an encrypted backup; without one it takes a passphrase')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;keys;rotate' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;keys;retire' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace, for Secrets that name none')
            [CompletionResult]::new('--controller-namespace', '--controller-namespace', [CompletionResultType]::ParameterName, 'The namespace that the controller runs in [default: kube-system]')
            [CompletionResult]::new('--controller-name', '--controller-name', [CompletionResultType]::ParameterName, 'The name of the controller''s Service [default: sealed-secrets-controller]')
            [CompletionResult]::new('--kubeconfig', '--kubeconfig', [CompletionResultType]::ParameterName, 'The kubeconfig file')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'The context of the kubeconfig')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'The cluster of the kubeconfig')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user of the kubeconfig')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'The address of the API server')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The bearer token to log in with')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The user to act as')
            [CompletionResult]::new('--as-group', '--as-group', [CompletionResultType]::ParameterName, 'The groups to act as; may be repeated')
            [CompletionResult]::new('--as-uid', '--as-uid', [CompletionResultType]::ParameterName, 'The uid to act as')
            [CompletionResult]::new('--certificate-authority', '--certificate-authority', [CompletionResultType]::ParameterName, 'The certificate authority of the API server')
            [CompletionResult]::new('--client-certificate', '--client-certificate', [CompletionResultType]::ParameterName, 'The client certificate to log in with')
            [CompletionResult]::new('--client-key', '--client-key', [CompletionResultType]::ParameterName, 'The key of the client certificate')
            [CompletionResult]::new('--tls-server-name', '--tls-server-name', [CompletionResultType]::ParameterName, 'The name that the API server''s certificate must have')
            [CompletionResult]::new('--proxy-url', '--proxy-url', [CompletionResultType]::ParameterName, 'The proxy on the way to the API server')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take; 0 is for ever [default: 60s]')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'The user name to log in with')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password to log in with')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'Take it out of use, if nothing depends on it')
            [CompletionResult]::new('--insecure-skip-tls-verify', '--insecure-skip-tls-verify', [CompletionResultType]::ParameterName, 'Do not check the API server''s certificate: whoever is in between reads and changes everything')
            [CompletionResult]::new('--disable-compression', '--disable-compression', [CompletionResultType]::ParameterName, 'Ask the API server for answers that are not compressed')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;keys;stable-key' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a stable key: 32 random bytes, as base64')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'waxseal;keys;stable-key;generate' {
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Write to this new file, readable by you only, instead of standard output')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write to this new file, readable by you only, instead of standard output')
            [CompletionResult]::new('--install', '--install', [CompletionResultType]::ParameterName, 'Write to your configuration folder, so that you seal with it from now on')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'waxseal;keys;stable-key;help' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a stable key: 32 random bytes, as base64')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'waxseal;keys;stable-key;help;generate' {
            break
        }
        'waxseal;keys;stable-key;help;help' {
            break
        }
        'waxseal;keys;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the keys with their age and how many values each still opens')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key pair offline, to bring it to a cluster')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Save the cluster''s keys in one encrypted file')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring keys from a backup into a cluster')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Ask the controller for a new key')
            [CompletionResult]::new('retire', 'retire', [CompletionResultType]::ParameterValue, 'Tell what still depends on an old key, and take it out of use')
            [CompletionResult]::new('stable-key', 'stable-key', [CompletionResultType]::ParameterValue, 'Make the secret that makes diffs quiet')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'waxseal;keys;help;list' {
            break
        }
        'waxseal;keys;help;generate' {
            break
        }
        'waxseal;keys;help;backup' {
            break
        }
        'waxseal;keys;help;restore' {
            break
        }
        'waxseal;keys;help;rotate' {
            break
        }
        'waxseal;keys;help;retire' {
            break
        }
        'waxseal;keys;help;stable-key' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a stable key: 32 random bytes, as base64')
            break
        }
        'waxseal;keys;help;stable-key;generate' {
            break
        }
        'waxseal;keys;help;help' {
            break
        }
        'waxseal;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'waxseal;man' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'waxseal;help' {
            [CompletionResult]::new('seal', 'seal', [CompletionResultType]::ParameterValue, 'Seal Secrets: Secrets in, SealedSecrets out')
            [CompletionResult]::new('raw', 'raw', [CompletionResultType]::ParameterValue, 'Seal one value: a value in, one sealed string out')
            [CompletionResult]::new('unseal', 'unseal', [CompletionResultType]::ParameterValue, 'Open SealedSecrets offline, with the private keys')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Tell whether SealedSecrets open')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Seal one value into a SealedSecret file, in place')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take values out of a SealedSecret file, in place')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Edit the values of a SealedSecret file')
            [CompletionResult]::new('reencrypt', 'reencrypt', [CompletionResultType]::ParameterValue, 'Seal values to the newest key, in place')
            [CompletionResult]::new('promote', 'promote', [CompletionResultType]::ParameterValue, 'Seal again for another cluster or another namespace')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Find what is wrong with Secrets and SealedSecrets, without a key and without a cluster')
            [CompletionResult]::new('textconv', 'textconv', [CompletionResultType]::ParameterValue, 'Show a file with a short name for each sealed value, for `git diff`')
            [CompletionResult]::new('git-setup', 'git-setup', [CompletionResultType]::ParameterValue, 'Make `git diff` of this repo show which values changed')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'List the commits in which a value changed')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare SealedSecrets in Git with the cluster, without showing a value')
            [CompletionResult]::new('cert', 'cert', [CompletionResultType]::ParameterValue, 'Fetch, show and check the certificate')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'List, make, back up, restore, renew and retire sealing keys')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'waxseal;help;seal' {
            break
        }
        'waxseal;help;raw' {
            break
        }
        'waxseal;help;unseal' {
            break
        }
        'waxseal;help;verify' {
            break
        }
        'waxseal;help;set' {
            break
        }
        'waxseal;help;unset' {
            break
        }
        'waxseal;help;edit' {
            break
        }
        'waxseal;help;reencrypt' {
            break
        }
        'waxseal;help;promote' {
            break
        }
        'waxseal;help;lint' {
            break
        }
        'waxseal;help;textconv' {
            break
        }
        'waxseal;help;git-setup' {
            break
        }
        'waxseal;help;log' {
            break
        }
        'waxseal;help;diff' {
            break
        }
        'waxseal;help;cert' {
            [CompletionResult]::new('fetch', 'fetch', [CompletionResultType]::ParameterValue, 'Get the cluster''s certificate, for sealing without access to the cluster')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the certificate''s fingerprint, size and validity')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tell whether the certificate may be sealed with')
            break
        }
        'waxseal;help;cert;fetch' {
            break
        }
        'waxseal;help;cert;show' {
            break
        }
        'waxseal;help;cert;check' {
            break
        }
        'waxseal;help;keys' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the keys with their age and how many values each still opens')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key pair offline, to bring it to a cluster')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Save the cluster''s keys in one encrypted file')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Bring keys from a backup into a cluster')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Ask the controller for a new key')
            [CompletionResult]::new('retire', 'retire', [CompletionResultType]::ParameterValue, 'Tell what still depends on an old key, and take it out of use')
            [CompletionResult]::new('stable-key', 'stable-key', [CompletionResultType]::ParameterValue, 'Make the secret that makes diffs quiet')
            break
        }
        'waxseal;help;keys;list' {
            break
        }
        'waxseal;help;keys;generate' {
            break
        }
        'waxseal;help;keys;backup' {
            break
        }
        'waxseal;help;keys;restore' {
            break
        }
        'waxseal;help;keys;rotate' {
            break
        }
        'waxseal;help;keys;retire' {
            break
        }
        'waxseal;help;keys;stable-key' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a stable key: 32 random bytes, as base64')
            break
        }
        'waxseal;help;keys;stable-key;generate' {
            break
        }
        'waxseal;help;completions' {
            break
        }
        'waxseal;help;man' {
            break
        }
        'waxseal;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
