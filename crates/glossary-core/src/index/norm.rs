//! Weights and lengths as bytes.

/// Steps for each unit of the natural logarithm. The error is at most two percent for numbers up to forty
/// thousand.
const STEPS: f32 = 24.0;

/// A non-negative number as a byte, on a logarithmic scale. [`decode_norm`] gives nearly the number back.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the conversion saturates"
)]
pub fn encode_norm(number: f32) -> u8 {
    (number.ln_1p() * STEPS).round() as u8
}

/// The number for a byte.
#[must_use]
pub fn decode_norm(byte: u8) -> f32 {
    (f32::from(byte) / STEPS).exp_m1()
}

#[cfg(test)]
mod tests {
    use super::{decode_norm, encode_norm};

    #[test]
    fn the_error_is_at_most_three_percent() {
        for number in [0.0, 0.5, 1.0, 3.0, 20.0, 700.0, 5000.0, 30_000.0] {
            let error = (decode_norm(encode_norm(number)) - number).abs();
            assert!(error <= 0.03 * (1.0 + number), "{number}: off by {error}");
        }
        assert_eq!(encode_norm(1e9), u8::MAX);
    }
}
