package dev.atmos.aws;

/**
 * An operation without parameters of a service that speaks JSON 1.1 and has no client in the
 * product.
 *
 * @param host AWS's own host of the service
 * @param signingName the service's name in signatures: {@code ecr}
 * @param name the operation with the name of its API before it, as in the header {@code
 *     X-Amz-Target}
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1
 *     protocol</a>
 */
public record JsonOperation(String host, String signingName, String name) {}
