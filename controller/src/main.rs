//! `waxseal-controller`: see the library of that name.

use std::process::ExitCode;

fn main() -> ExitCode {
    waxseal_controller::main()
}
