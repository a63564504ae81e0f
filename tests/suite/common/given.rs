//! Numbers that whoever runs a test may give it.

/// The number in an environment variable, or another one where it is not set.
pub fn number_from(name: &str, otherwise: u64) -> u64 {
    match std::env::var(name) {
        Ok(value) => value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is {value:?}; expected a number")),
        Err(_) => otherwise,
    }
}
