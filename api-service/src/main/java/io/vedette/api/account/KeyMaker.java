package io.vedette.api.account;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Makes keys as AWS's look: AKIA… for lasting ones, ASIA… with a session token for temporary ones. */
final class KeyMaker {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyMaker() {}

    /** @param sessionToken for its owner, who alone has it; empty for a lasting key */
    record Made(SigningKey signing, Optional<String> sessionToken) {
        @Override
        public String toString() {
            return "Made[" + signing + "]";
        }
    }

    static Made make(String account, String name, List<String> policies, Optional<Duration> life) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        AccessKey key = new AccessKey(
                (life.isPresent() ? "ASIA" : "AKIA") + random(BASE32, 16),
                account,
                name,
                false,
                true,
                policies,
                now,
                life.map(now::plus));
        Optional<String> token = life.map(any -> random(LETTERS, 128));
        return new Made(
                new SigningKey(key, random(LETTERS, 40), token.map(SessionToken::hash), Optional.empty()), token);
    }

    private static String random(String alphabet, int length) {
        return RANDOM.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }
}
