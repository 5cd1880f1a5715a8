package io.vedette.api.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.api.account.KeyAnswers.CreateAccessKeyResponse;
import io.vedette.api.account.KeyAnswers.DeleteAccessKeyResponse;
import io.vedette.api.account.KeyAnswers.KeyDescription;
import io.vedette.api.account.KeyAnswers.ListAccessKeysResponse;
import io.vedette.api.account.KeyAnswers.UpdateAccessKeyResponse;
import io.vedette.api.aws.AwsError;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** CreateAccessKey, ListAccessKeys, UpdateAccessKey and DeleteAccessKey (docs/security.md). */
@Path("/vedette/v1/access-keys")
class AccessKeyResource {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(36);

    private final AccessKeys keys;
    private final Accounts accounts;
    private final KeyPolicies policies;
    private final KeyOwner owner;
    private final RootKey root;

    AccessKeyResource(AccessKeys keys, Accounts accounts, KeyPolicies policies, KeyOwner owner, RootKey root) {
        this.keys = keys;
        this.accounts = accounts;
        this.policies = policies;
        this.owner = owner;
        this.root = root;
    }

    /**
     * @param account the caller's own if null
     * @param policies names of managed policies, and documents
     * @param durationSeconds for temporary credentials; null for a lasting key
     */
    record CreateAccessKeyRequest(String account, String name, List<JsonNode> policies, Integer durationSeconds) {}

    /** @param status Active or Inactive */
    record UpdateAccessKeyRequest(String status) {}

    @POST
    public CreateAccessKeyResponse create(CreateAccessKeyRequest request) {
        if (request == null
                || request.name() == null
                || !NAME.matcher(request.name()).matches()) {
            throw AwsError.VALIDATION.because("Name must be 1 to 64 letters, digits or any of _+=,.@-.");
        }
        String account = account(request.account());
        KeyMaker.Made made = KeyMaker.make(account, request.name(), kept(request.policies()), life(request));
        keys.put(made.signing());
        return new CreateAccessKeyResponse(
                KeyDescription.of(made.signing().key(), policies),
                made.signing().secret(),
                made.sessionToken().orElse(null));
    }

    @GET
    public ListAccessKeysResponse list(@QueryParam("account") String account) {
        Optional<String> asked = Optional.ofNullable(account)
                .or(() -> Optional.of(owner.account()).filter(own -> !owner.isOperator()));
        return new ListAccessKeysResponse(keys.list(asked).stream()
                .filter(key -> owner.mayManage(key.account()))
                .map(key -> KeyDescription.of(key, policies))
                .toList());
    }

    @PATCH
    @Path("{accessKeyId}")
    public UpdateAccessKeyResponse update(@PathParam("accessKeyId") String id, UpdateAccessKeyRequest request) {
        if (request == null || request.status() == null || !request.status().matches("Active|Inactive")) {
            throw AwsError.VALIDATION.because("Status must be Active or Inactive.");
        }
        changeable(id);
        if (!keys.setActive(id, request.status().equals("Active"))) {
            throw missing(id);
        }
        return new UpdateAccessKeyResponse(
                KeyDescription.of(keys.find(id).orElseThrow(() -> missing(id)).key(), policies));
    }

    @DELETE
    @Path("{accessKeyId}")
    public DeleteAccessKeyResponse delete(@PathParam("accessKeyId") String id) {
        changeable(id);
        if (!keys.delete(id)) {
            throw missing(id);
        }
        return new DeleteAccessKeyResponse();
    }

    private String account(String asked) {
        String account = asked == null ? owner.account() : asked;
        // Another's account is not told from one that is not there.
        if (!owner.mayManage(account) || accounts.find(account).isEmpty()) {
            throw AwsError.NOT_FOUND.because("There is no account " + account + ".");
        }
        return account;
    }

    private List<String> kept(List<JsonNode> given) {
        if (given == null || given.isEmpty()) {
            throw AwsError.VALIDATION.because("Policies is required: names of managed policies, or documents.");
        }
        try {
            return policies.kept(given);
        } catch (KeyPolicies.Unusable bad) {
            throw AwsError.VALIDATION.because("Policies: " + bad.getMessage());
        }
    }

    private static Optional<Duration> life(CreateAccessKeyRequest request) {
        Optional<Duration> life = Optional.ofNullable(request.durationSeconds()).map(Duration::ofSeconds);
        if (life.filter(it -> it.compareTo(SHORTEST) < 0 || it.compareTo(LONGEST) > 0)
                .isPresent()) {
            throw AwsError.VALIDATION.because(
                    "DurationSeconds must be " + SHORTEST.toSeconds() + " to " + LONGEST.toSeconds() + ".");
        }
        return life;
    }

    private void changeable(String id) {
        AccessKey key = keys.find(id)
                .map(SigningKey::key)
                .filter(found -> owner.mayManage(found.account()))
                .orElseThrow(() -> missing(id));
        // One that the configuration named earlier and does no longer is the operator's to take away.
        if (root.isNow(id) || key.root() && !owner.isOperator()) {
            throw AwsError.VALIDATION.because("The key " + id + " is the configuration's: change it there.");
        }
    }

    private static RuntimeException missing(String id) {
        return AwsError.NOT_FOUND.because("There is no access key " + id + ".");
    }
}
