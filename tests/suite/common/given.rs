//! Numbers that can be passed to a test.

/// The number in an environment variable, or a default.
pub fn number_from(name: &str, otherwise: u64) -> u64 {
    match std::env::var(name) {
        Ok(value) => value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is {value:?}; expected a number")),
        Err(_) => otherwise,
    }
}
