//! What the memory of another process holds: read from `/proc/PID/mem`, which takes root.

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

use anyhow::{Context as _, Result};

/// Where `needle` is in the writable memory of the process, mapped files left out.
pub fn places(pid: i32, needle: &[u8]) -> Result<Vec<String>> {
    let memory = File::open(format!("/proc/{pid}/mem")).context("opening the memory of a process")?;
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).context("reading what is mapped")?;
    let mut places = Vec::new();
    for line in maps.lines() {
        let mut words = line.split_ascii_whitespace();
        let (Some(range), Some(rights)) = (words.next(), words.next()) else { continue };
        let name = words.nth(3).unwrap_or("anonymous");
        if !rights.starts_with("rw") || name.starts_with("[v") {
            continue;
        }
        let (start, end) = range.split_once('-').context("a range of addresses")?;
        let (start, end) = (u64::from_str_radix(start, 16)?, u64::from_str_radix(end, 16)?);
        let mut bytes = vec![0; usize::try_from(end - start)?];
        // What was unmapped in between, or is there in part, is as good as not there.
        let read = memory.read_at(&mut bytes, start).unwrap_or(0);
        let found = memchr::memmem::find_iter(&bytes[..read], needle);
        places.extend(found.map(|at| format!("{name} at {:x}", start + at as u64)));
    }
    Ok(places)
}
