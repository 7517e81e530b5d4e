package io.liveresponse.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The Microsoft clouds with the defaults that each gives a tenant, as Microsoft's pages on Defender for Endpoint for US
 * Government customers list them. The scopes of the US Government clouds are what open clients use; no page states them.
 */
public enum Cloud {
    /** Its scope names the older host: some calls refuse a token that was made for the new one with 403. */
    COMMERCIAL("https://api.security.microsoft.com", "https://login.microsoftonline.com",
            "https://api.securitycenter.microsoft.com/.default", "*.blob.core.windows.net", "https://outlook.office365.com/.default"),
    GCC(
            "https://api-gcc.securitycenter.microsoft.us", "https://login.microsoftonline.com",
            "https://api-gcc.securitycenter.microsoft.us/.default", "*.blob.core.usgovcloudapi.net",
            "https://outlook.office365.com/.default"),
    GCC_HIGH("https://api-gov.securitycenter.microsoft.us",
            "https://login.microsoftonline.us",
            "https://api-gov.securitycenter.microsoft.us/.default", "*.blob.core.usgovcloudapi.net",
            "https://outlook.office365.us/.default"),
    DOD("https://api-gov.securitycenter.microsoft.us",
            "https://login.microsoftonline.us",
            "https://api-gov.securitycenter.microsoft.us/.default", "*.blob.core.usgovcloudapi.net",
            "https://outlook-dod.office365.us/.default");

    /** The geographic prefixes of the commercial cloud's API host. */
    static final List<String> REGIONS = List.of("us", "eu", "uk", "au", "swa", "ina", "aea");

    private final String apiUrl;
    private final String authorityHost;
    private final String scope;
    private final String blobHosts;
    private final String mailScope;

    Cloud(String apiUrl, String authorityHost, String scope, String blobHosts, String mailScope) {
        this.apiUrl = apiUrl;
        this.authorityHost = authorityHost;
        this.scope = scope;
        this.blobHosts = blobHosts;
        this.mailScope = mailScope;
    }

    public String apiUrl() {
        return apiUrl;
    }

    /**
     * The API of one region of the commercial cloud.
     *
     * @param region one of {@link #REGIONS}
     */
    String apiUrl(String region) {
        return apiUrl.replace("https://", "https://" + region + ".");
    }

    public String authorityHost() {
        return authorityHost;
    }

    public String scope() {
        return scope;
    }

    /** The hosts of its blob stores, in the form of {@code live-response.link.allowed-hosts}. */
    public String blobHosts() {
        return blobHosts;
    }

    /** For a token that Exchange Online's mail server takes; the US Government clouds' are their Outlook hosts, no page states them. */
    public String mailScope() {
        return mailScope;
    }

    /** As settings spell it, such as {@code gcc-high}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> texts() {
        return Stream.of(values()).map(Cloud::text).toList();
    }

    /** @throws IllegalArgumentException if there is no such cloud */
    static Cloud of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
