package io.openrun.platform.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Takes {@code Accept} as a wish: who asks for what there is not gets what there is. Refusing would come too late, when
 * the answer is written, and what was asked for has been done.
 */
public final class ForgivingAccept implements ContentNegotiationStrategy {

    private static final List<MediaType> WHAT_THERE_IS =
            List.of(new MediaType("application", "json", 0.002), new MediaType("*", "*", 0.001));

    private final HeaderContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) {
        List<MediaType> types = new ArrayList<>(wished(request));
        // A success is no problem, and no other dialect of JSON either, whoever wishes for one.
        types.removeIf(type -> type.getSubtypeSuffix() != null);
        types.addAll(WHAT_THERE_IS);
        return types;
    }

    private List<MediaType> wished(NativeWebRequest request) {
        try {
            return header.resolveMediaTypes(request);
        } catch (HttpMediaTypeNotAcceptableException unreadable) {
            return List.of();
        }
    }
}
