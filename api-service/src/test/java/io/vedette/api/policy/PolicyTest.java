package io.vedette.api.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final String MODEL = "arn:aws:lookoutvision:us-east-1:000000000001:model/boards/3";
    private static final String ALLOW_ALL = statement("'Effect':'Allow','Action':'*','Resource':'*'");

    @ParameterizedTest
    @CsvSource({
        "lookoutvision:DescribeModel, true",
        "lookoutvision:Describe*, true",
        "LOOKOUTVISION:describemodel, true",
        "lookoutvision:*, true",
        "*, true",
        "lookoutvision:Describe?odel, true",
        "lookoutvision:List*, false",
        "lookoutvision:DescribeModels, false",
        "s3:*, false",
    })
    void anActionIsComparedWithWildcardsInAnyCase(String action, boolean allowed) {
        String policy = statement("'Effect':'Allow','Action':'" + action + "','Resource':'*'");
        assertThat(decide(Map.of(), policy) == Decision.ALLOWED).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "arn:aws:lookoutvision:us-east-1:000000000001:model/boards/3, true",
        "arn:aws:lookoutvision:*:*:model/boards/*, true",
        "arn:aws:lookoutvision:us-east-1:000000000001:model/*, true",
        "arn:*:lookoutvision:us-*-1:00000000000?:*, true",
        "arn:aws:lookoutvision:us-east-1:000000000001:model/boards/4, false",
        "arn:aws:lookoutvision:us-east-1:000000000001:Model/boards/3, false",
        "arn:aws:lookoutvision:us-east-2:000000000001:*, false",
        "arn:aws:lookoutvision:us-east-1:000000000002:*, false",
        "arn:aws:lookoutvision:*, false",
        "arn:aws:s3:::*, false",
    })
    void aResourceIsComparedPartByPart(String resource, boolean allowed) {
        String policy = statement("'Effect':'Allow','Action':'*','Resource':'" + resource + "'");
        assertThat(decide(Map.of(), policy) == Decision.ALLOWED).isEqualTo(allowed);
    }

    @Test
    void anExplicitDenyWinsInWhateverOrder() {
        String deny = statement("'Effect':'Deny','Action':'lookoutvision:DescribeModel','Resource':'*'");
        assertThat(decide(Map.of(), ALLOW_ALL, deny)).isEqualTo(Decision.DENIED);
        assertThat(decide(Map.of(), deny, ALLOW_ALL)).isEqualTo(Decision.DENIED);
        assertThat(decide(Map.of(), deny)).isEqualTo(Decision.DENIED);
        assertThat(decide(Map.of(), ALLOW_ALL)).isEqualTo(Decision.ALLOWED);
        assertThat(Policy.decide(List.of(), question(Map.of()))).isEqualTo(Decision.NOT_ALLOWED);
    }

    @Test
    void allButTheseIsTheOtherWayRound() {
        String all = statement("'Effect':'Allow','NotAction':'lookoutvision:Delete*','NotResource':'" + MODEL + "0'");
        assertThat(decide(Map.of(), all)).isEqualTo(Decision.ALLOWED);
        String but = statement("'Effect':'Allow','NotAction':['lookoutvision:Describe*','s3:*'],'Resource':'*'");
        assertThat(decide(Map.of(), but)).isEqualTo(Decision.NOT_ALLOWED);
        String not = statement("'Effect':'Allow','Action':'*','NotResource':'" + MODEL + "'");
        assertThat(decide(Map.of(), not)).isEqualTo(Decision.NOT_ALLOWED);
    }

    // Keys as a request with the tags team=blue and cost=4 has them, from 10.1.2.3, over TLS.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'StringEquals':{'aws:RequestTag/team':'blue'} | true",
                "'StringEquals':{'AWS:requesttag/team':['red','blue']} | true",
                "'StringEquals':{'aws:RequestTag/team':'Blue'} | false",
                "'StringEqualsIgnoreCase':{'aws:RequestTag/team':'BLUE'} | true",
                "'StringEquals':{'aws:RequestTag/missing':'x'} | false",
                "'StringEqualsIfExists':{'aws:RequestTag/missing':'x'} | true",
                "'StringEqualsIfExists':{'aws:RequestTag/team':'x'} | false",
                "'StringNotEquals':{'aws:RequestTag/team':'red'} | true",
                "'StringNotEquals':{'aws:RequestTag/team':['red','blue']} | false",
                "'StringNotEquals':{'aws:RequestTag/missing':'x'} | true",
                "'StringLike':{'aws:RequestTag/team':'bl*'} | true",
                "'StringNotLike':{'aws:RequestTag/team':'bl*'} | false",
                "'StringEquals':{'aws:RequestTag/team':'blue','aws:RequestTag/cost':'5'} | false",
                "'StringEquals':{'aws:RequestTag/team':'blue'},'NumericLessThan':{'aws:RequestTag/cost':5} | true",
                "'NumericGreaterThanEquals':{'aws:RequestTag/cost':'4'} | true",
                "'NumericEquals':{'aws:RequestTag/team':'4'} | false",
                "'NumericNotEquals':{'aws:RequestTag/cost':'4'} | false",
                "'ForAllValues:StringEquals':{'aws:TagKeys':['team','cost','x']} | true",
                "'ForAllValues:StringEquals':{'aws:TagKeys':['team']} | false",
                "'ForAllValues:StringEquals':{'aws:Missing':['team']} | true",
                "'ForAnyValue:StringEquals':{'aws:TagKeys':['team','x']} | true",
                "'ForAnyValue:StringEquals':{'aws:TagKeys':['x']} | false",
                "'ForAnyValue:StringEquals':{'aws:Missing':['x']} | false",
                "'ForAnyValue:StringNotEquals':{'aws:TagKeys':['team']} | true",
                "'Null':{'aws:RequestTag/team':'false'} | true",
                "'Null':{'aws:RequestTag/team':true} | false",
                "'Null':{'aws:RequestTag/missing':'true'} | true",
                "'Bool':{'aws:SecureTransport':true} | true",
                "'Bool':{'aws:SecureTransport':'False'} | false",
                "'IpAddress':{'aws:SourceIp':'10.0.0.0/8'} | true",
                "'IpAddress':{'aws:SourceIp':['192.168.0.0/16','10.1.2.3']} | true",
                "'IpAddress':{'aws:SourceIp':'10.1.2.4/31'} | false",
                "'IpAddress':{'aws:SourceIp':'2001:db8::/32'} | false",
                "'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'} | false",
                "'DateLessThan':{'aws:CurrentTime':'2027-01-01T00:00:00Z'} | true",
                "'DateGreaterThan':{'aws:CurrentTime':'2027-01-01T00:00:00Z'} | false",
                "'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:user/ann'} | true",
            })
    void aConditionHoldsOrNot(String condition, boolean allowed) {
        Map<String, List<String>> context = Map.of(
                "aws:requesttag/team", List.of("blue"),
                "aws:requesttag/cost", List.of("4"),
                "aws:tagkeys", List.of("team", "cost"),
                "aws:securetransport", List.of("true"),
                "aws:sourceip", List.of("10.1.2.3"),
                "aws:currenttime", List.of("2026-06-01T00:00:00Z"),
                "aws:principalarn", List.of("arn:aws:iam::000000000001:user/ann"));
        String policy = statement("'Effect':'Allow','Action':'*','Resource':'*','Condition':{" + condition + "}");
        assertThat(decide(context, policy) == Decision.ALLOWED).isEqualTo(allowed);
    }

    // What is not understood must not be taken for less than it says.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "'text'",
                "{}",
                "{'Statement':[]}",
                "{'Version':'2020-01-01','Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'},'Extra':1}",
                "{'Statement':{'Effect':'allow','Action':'*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*'}}",
                "{'Statement':{'Effect':'Allow','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'DescribeModel','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':[],'Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':{'a':1},'Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'boards'}}",
                "{'Statement':{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'StringIs':{'a':'b'}}}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'BoolNot':{'a':'true'}}}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Null':{'a':'maybe'}}}}",
                "{'Statement':{'Effect':'Deny','Action':'*','Resource':'*','Condition':{'IpAddress':{'a':'x.org'}}}}",
                "{'Statement':{'Effect':'Deny','Action':'*','Resource':'*','Condition':{'NumericEquals':{'a':'x'}}}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::${aws:username}'}}",
            })
    void aDocumentThatIsNotUnderstoodIsRefused(String document) {
        assertThatThrownBy(() -> policy(document)).isInstanceOf(BadPolicy.class);
    }

    @Test
    void theManagedPoliciesAllowWhatTheirNamesSay() {
        Policy all = ManagedPolicies.named("AmazonLookoutVisionFullAccess").orElseThrow();
        Policy read = ManagedPolicies.named("arn:aws:iam::aws:policy/AmazonLookoutVisionReadOnlyAccess")
                .orElseThrow();
        assertThat(allows(all, "lookoutvision:DeleteModel")).isTrue();
        assertThat(allows(all, "vedette:CreateAccessKey")).isFalse();
        assertThat(allows(read, "lookoutvision:ListTagsForResource")).isTrue();
        assertThat(allows(read, "lookoutvision:DescribeModel")).isTrue();
        assertThat(allows(read, "lookoutvision:DetectAnomalies")).isFalse();
        assertThat(allows(read, "lookoutvision:CreateModel")).isFalse();
        assertThat(ManagedPolicies.names())
                .contains("AmazonLookoutVisionConsoleFullAccess", "AmazonLookoutVisionConsoleReadOnlyAccess");
        assertThat(ManagedPolicies.named("AmazonS3FullAccess")).isEmpty();
    }

    @Test
    void noPatternTakesForEver() {
        assertThat(Glob.matches("*a".repeat(60) + "b", "a".repeat(20_000))).isFalse();
    }

    private static boolean allows(Policy policy, String action) {
        return Policy.decide(List.of(policy), new Question(action, MODEL, key -> Optional.empty())) == Decision.ALLOWED;
    }

    private static Decision decide(Map<String, List<String>> context, String... documents) {
        return Policy.decide(Arrays.stream(documents).map(PolicyTest::policy).toList(), question(context));
    }

    private static Question question(Map<String, List<String>> context) {
        return new Question("lookoutvision:DescribeModel", MODEL, key -> Optional.ofNullable(context.get(key)));
    }

    private static String statement(String members) {
        return "{'Version':'2012-10-17','Statement':[{" + members + "}]}";
    }

    private static Policy policy(String document) {
        try {
            return Policy.parse(new ObjectMapper().readTree(document.replace('\'', '"')));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }
}
