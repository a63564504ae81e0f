//! What only an HTTP interactions endpoint encounters: requests that Discord never sent. What it
//! shares with the gateway is in `play`, `modes` and `commands`, which run over both.

mod forger;
mod hostile;
mod requests;
