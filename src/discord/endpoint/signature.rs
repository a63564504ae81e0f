//! Checks that a request comes from Discord and is recent:
//! <https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint-validating-security-request-headers>.
//!
//! Pure: the time comes in as an argument.

use ed25519_dalek::{Signature, VerifyingKey};
use hyper::HeaderMap;

/// Ed25519 over the timestamp and the body, in hexadecimal digits.
const SIGNATURE: &str = "x-signature-ed25519";
/// When the request was signed, in Unix seconds.
const TIMESTAMP: &str = "x-signature-timestamp";
/// How old a request may be. Discord itself waits three seconds; the rest allows for wrong clocks.
pub const AGE_MAX_S: i64 = 300;
/// How far in the future a request may have been signed, again to allow for wrong clocks.
pub const AHEAD_MAX_S: i64 = 60;

/// Why a request is refused. The sender is not told which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A header is missing, repeated, or malformed.
    #[error("its signature headers are missing or malformed")]
    Headers,
    /// It was signed too long ago, or in the future.
    #[error("it was signed {0} seconds ago, by this machine's clock")]
    Time(i64),
    /// Signed with another key, or for other content.
    #[error("its signature does not match DISCORD_PUBLIC_KEY")]
    Signature,
}

/// The signature headers of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    timestamp: String,
    signature: Signature,
}

impl Signed {
    /// Reads the headers, and checks that the request is recent. Only [`Self::check`] proves that
    /// they are genuine.
    ///
    /// # Errors
    /// [`Refused::Headers`] or [`Refused::Time`].
    pub fn read(headers: &HeaderMap, now_s: i64) -> Result<Self, Refused> {
        let signature = only(headers, SIGNATURE).and_then(bytes);
        let timestamp = only(headers, TIMESTAMP).ok_or(Refused::Headers)?;
        // Digits only: the parser would also accept a sign.
        let is_number = timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let at_s = timestamp.parse::<i64>().ok().filter(|_| is_number);
        let at_s = at_s.ok_or(Refused::Headers)?;
        let age_s = now_s.saturating_sub(at_s);
        if !(-AHEAD_MAX_S..=AGE_MAX_S).contains(&age_s) {
            return Err(Refused::Time(age_s));
        }
        Ok(Self {
            timestamp: timestamp.to_owned(),
            signature: Signature::from_bytes(&signature.ok_or(Refused::Headers)?),
        })
    }

    /// Whether the owner of `key` signed this body.
    ///
    /// # Errors
    /// [`Refused::Signature`] if not.
    pub fn check(&self, key: &VerifyingKey, body: &[u8]) -> Result<(), Refused> {
        let message = [self.timestamp.as_bytes(), body].concat();
        key.verify_strict(&message, &self.signature)
            .map_err(|_| Refused::Signature)
    }
}

/// The value of a header that occurs exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// 64 bytes from 128 hexadecimal digits.
fn bytes(hex: &str) -> Option<[u8; 64]> {
    let digits = hex.as_bytes();
    if digits.len() != 128 {
        return None;
    }
    let mut bytes = [0; 64];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer as _, SigningKey};
    use hyper::header::HeaderValue;

    const NOW_S: i64 = 1_800_000_000;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn sign(key: &SigningKey, timestamp: &str, body: &[u8]) -> String {
        let signature = key.sign(&[timestamp.as_bytes(), body].concat());
        let bytes = signature.to_bytes();
        bytes
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    fn headers(signature: &str, timestamp: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let value = |text: &str| HeaderValue::from_str(text).expect("a header value");
        headers.insert(SIGNATURE, value(signature));
        headers.insert(TIMESTAMP, value(timestamp));
        headers
    }

    fn check(headers: &HeaderMap, body: &[u8]) -> Result<(), Refused> {
        Signed::read(headers, NOW_S)?.check(&key().verifying_key(), body)
    }

    #[test]
    fn requests_signed_by_discord_are_accepted() {
        let now = NOW_S.to_string();
        let signature = sign(&key(), &now, b"{}");
        assert_eq!(check(&headers(&signature, &now), b"{}"), Ok(()));
        let upper = signature.to_uppercase();
        assert_eq!(check(&headers(&upper, &now), b"{}"), Ok(()));
    }

    #[test]
    fn other_requests_are_refused() {
        let now = NOW_S.to_string();
        let good = sign(&key(), &now, b"{}");
        let other_key = sign(&SigningKey::from_bytes(&[8; 32]), &now, b"{}");
        let forged = Err(Refused::Signature);
        assert_eq!(check(&headers(&good, &now), b"{ }"), forged);
        assert_eq!(check(&headers(&other_key, &now), b"{}"), forged);
        assert_eq!(check(&headers(&"0".repeat(128), &now), b"{}"), forged);
        let another_second = (NOW_S - 1).to_string();
        assert_eq!(check(&headers(&good, &another_second), b"{}"), forged);
    }

    #[test]
    fn malformed_headers_are_refused() {
        let now = NOW_S.to_string();
        let good = sign(&key(), &now, b"{}");
        let bad = Err(Refused::Headers);
        assert_eq!(check(&HeaderMap::new(), b"{}"), bad);
        let plus = format!("+{now}");
        let signed_plus = sign(&key(), &plus, b"{}");
        for (signature, timestamp) in [
            (&*signed_plus, &*plus),
            (&*good, "-1"),
            (&*good, ""),
            (&*good, "now"),
            (&*good, "99999999999999999999"),
            ("", &*now),
            (&good[2..], &*now),
            (&*format!("{good}00"), &*now),
            (&*good.replace(&good[..1], "g"), &*now),
        ] {
            assert_eq!(check(&headers(signature, timestamp), b"{}"), bad);
        }
        let mut twice = headers(&good, &now);
        let value = HeaderValue::from_str(&good).expect("a header value");
        twice.append(SIGNATURE, value);
        assert_eq!(check(&twice, b"{}"), bad);
    }

    #[test]
    fn only_recent_requests_are_accepted() {
        let at = |s: i64| {
            let timestamp = s.to_string();
            check(
                &headers(&sign(&key(), &timestamp, b"{}"), &timestamp),
                b"{}",
            )
        };
        for age_s in [-AHEAD_MAX_S, 0, 3, AGE_MAX_S] {
            assert_eq!(at(NOW_S - age_s), Ok(()));
        }
        for age_s in [-AHEAD_MAX_S - 1, AGE_MAX_S + 1, NOW_S] {
            assert_eq!(at(NOW_S.saturating_sub(age_s)), Err(Refused::Time(age_s)));
        }
        let far = NOW_S - i64::MAX;
        assert!(matches!(at(i64::MAX), Err(Refused::Time(age_s)) if age_s == far));
    }
}
