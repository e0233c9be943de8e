//! The `waxseal` program.

fn main() -> std::process::ExitCode {
    waxseal::run(std::env::args_os().collect()).into()
}
