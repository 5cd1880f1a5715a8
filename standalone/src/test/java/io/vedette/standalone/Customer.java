package io.vedette.standalone;

import io.vedette.standalone.stack.RunningStack;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Who a test is: the clients it talks through and the names it uses.
 *
 * @param project a project name of this test alone (the project does not exist yet)
 * @param bucket a bucket of this test alone (it exists, and is empty)
 * @param stack the processes, for tests that kill one
 */
public record Customer(LookoutVisionClient vision, S3Client s3, String project, String bucket, RunningStack stack) {}
