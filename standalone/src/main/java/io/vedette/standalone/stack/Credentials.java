package io.vedette.standalone.stack;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * What opens the stack: one access key for the API and the embedded S3, the database's password, what the api shows to
 * the inference service, and the key that seals the access keys' secrets in the database. Made once, at random, and kept
 * in files of mode 600.
 *
 * @param secretsKey 32 bytes in base64. Without it no access key but the first one can call any more
 */
public record Credentials(
        String accessKeyId,
        String secretAccessKey,
        String postgresPassword,
        String inferenceSecret,
        String secretsKey) {
    private static final String POSTGRES = "postgres-password";
    private static final String INFERENCE = "inference-secret";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** Reads a home's credentials, making them on the first start. */
    static Credentials of(Home home) throws IOException {
        for (String name : new String[] {POSTGRES, INFERENCE}) {
            Path file = home.run().resolve(name);
            if (Files.notExists(file)) {
                Home.writeSecret(file, random(LETTERS, 32));
            }
        }
        if (Files.notExists(home.secretsKeyFile())) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Home.writeSecret(home.secretsKeyFile(), Base64.getEncoder().encodeToString(key) + "\n");
        }
        if (Files.notExists(home.credentialsFile())) {
            Home.writeSecret(
                    home.credentialsFile(),
                    "[vedette]\naws_access_key_id = AKIA%s%naws_secret_access_key = %s%n"
                            .formatted(random(BASE32, 16), random(LETTERS, 40)));
        }
        return read(home);
    }

    /** @throws StackFailure if the files are not there or lack a key */
    public static Credentials read(Home home) {
        try {
            Properties profile = new Properties();
            profile.load(new StringReader(Files.readString(home.credentialsFile())));
            String id = profile.getProperty("aws_access_key_id");
            String secret = profile.getProperty("aws_secret_access_key");
            if (id == null || secret == null) {
                throw new StackFailure(home.credentialsFile() + " holds no access key; remove it to get a new one.");
            }
            return new Credentials(
                    id,
                    secret,
                    Files.readString(home.run().resolve(POSTGRES)).strip(),
                    Files.readString(home.run().resolve(INFERENCE)).strip(),
                    Files.readString(home.secretsKeyFile()).strip());
        } catch (IOException e) {
            throw new StackFailure(
                    "The credentials in " + home.directory() + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    /** The file to source before using the AWS CLI or an SDK. */
    static void writeEnvironment(Home home, Ports ports) throws IOException {
        Home.writeSecret(home.environmentFile(), """
                export AWS_SHARED_CREDENTIALS_FILE='%s'
                export AWS_PROFILE=vedette
                export AWS_REGION=us-east-1
                export AWS_DEFAULT_REGION=us-east-1
                export AWS_ENDPOINT_URL_LOOKOUTVISION=http://127.0.0.1:%d
                export AWS_ENDPOINT_URL_S3=http://127.0.0.1:%d
                """.formatted(
                        home.credentialsFile().toString().replace("'", "'\\''"), ports.api(), ports.s3()));
    }

    /** Without the secrets, so that a log line cannot leak them. */
    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + "]";
    }

    private static String random(String alphabet, int length) {
        return new SecureRandom()
                .ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }
}
