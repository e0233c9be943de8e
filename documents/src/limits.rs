/// The largest input that is read, in bytes. An object in etcd is limited to 1.5 MiB; this is a whole rendered chart.
pub const MAX_INPUT_BYTES: usize = 32 * 1024 * 1024;

/// How deep mappings and sequences may nest. The deepest objects in practice, CRD schemas, stay below 100.
pub const MAX_DEPTH: usize = 200;

/// How many keys, scalars, mappings and sequences one input may have: bounds memory to a few hundred MiB.
pub const MAX_NODES: usize = 2_000_000;

/// How many nodes the aliases of one document may stand for.
pub(crate) const MAX_ALIASED_NODES: usize = 100_000;

/// How many bytes of text the aliases of one document may stand for.
pub(crate) const MAX_ALIASED_BYTES: usize = 8 * 1024 * 1024;
