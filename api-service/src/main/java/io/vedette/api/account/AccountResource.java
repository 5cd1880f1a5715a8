package io.vedette.api.account;

import io.vedette.api.account.KeyAnswers.AccountDescription;
import io.vedette.api.account.KeyAnswers.ListAccountsResponse;
import io.vedette.api.account.KeyAnswers.PutAccountResponse;
import io.vedette.api.aws.AwsError;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** ListAccounts and PutAccount, for the operator (docs/security.md). */
@Path("/vedette/v1/accounts")
class AccountResource {
    private static final String BUCKET = "[0-9A-Za-z.\\-_]{3,63}";
    private static final int MOST_BUCKETS = 1000;

    private final Accounts accounts;
    private final KeyOwner owner;

    AccountResource(Accounts accounts, KeyOwner owner) {
        this.accounts = accounts;
        this.owner = owner;
    }

    /**
     * All that an account has: what is null here it has no more.
     *
     * @param buckets the only ones it may name; null for any
     * @param concurrentTrainings its own figure: 0 for no limit, null for the configured one
     * @param requestsPerSecond likewise
     */
    record PutAccountRequest(
            String name, List<String> buckets, Integer concurrentTrainings, Integer requestsPerSecond) {}

    @GET
    public ListAccountsResponse list() {
        owner.requireOperator();
        return new ListAccountsResponse(
                accounts.list().stream().map(AccountDescription::of).toList());
    }

    @PUT
    @Path("{account}")
    public PutAccountResponse put(@PathParam("account") String account, PutAccountRequest request) {
        owner.requireOperator();
        check(account, request);
        accounts.put(new Account(
                account,
                request.name(),
                Optional.ofNullable(request.buckets()),
                Optional.ofNullable(request.concurrentTrainings()),
                Optional.ofNullable(request.requestsPerSecond()),
                Instant.now()));
        return new PutAccountResponse(
                AccountDescription.of(accounts.find(account).orElseThrow()));
    }

    private static void check(String account, PutAccountRequest request) {
        if (!account.matches("[0-9]{12}")) {
            throw AwsError.VALIDATION.because("An account is named by twelve digits.");
        }
        if (request == null || request.name() == null || !request.name().matches("[^\\p{Cntrl}]{1,128}")) {
            throw AwsError.VALIDATION.because("Name must be 1 to 128 characters.");
        }
        if (request.buckets() != null
                && (request.buckets().size() > MOST_BUCKETS
                        || !request.buckets().stream().allMatch(each -> each != null && each.matches(BUCKET)))) {
            throw AwsError.VALIDATION.because(
                    "Buckets must be at most " + MOST_BUCKETS + " names of 3 to 63 letters, digits, '.', '-' or '_'.");
        }
        notNegative(request.concurrentTrainings(), "ConcurrentTrainings");
        notNegative(request.requestsPerSecond(), "RequestsPerSecond");
    }

    private static void notNegative(Integer figure, String member) {
        if (figure != null && figure < 0) {
            throw AwsError.VALIDATION.because(member + " must be 0 (no limit) or more.");
        }
    }
}
