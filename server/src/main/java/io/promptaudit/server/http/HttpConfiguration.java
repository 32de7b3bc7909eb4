package io.promptaudit.server.http;

import java.util.List;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Sets up Tomcat and Spring MVC for this API. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {
    /** Behind Spring Security's filters (-100): a stranger's body is not read. */
    private static final int BEHIND_SECURITY = 0;
    /** What Tomcat reads and drops of a refused body, so that the client gets to see the refusal. */
    private static final int SWALLOWED = 64 << 20;

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.withJsonConverter(new JacksonJsonHttpMessageConverter(HttpJson.mapper()));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new RequestContexts());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParameters());
    }

    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter() {
        var registration = new FilterRegistrationBean<>(new BodyFilter());
        registration.addUrlPatterns("/api/*");
        registration.setOrder(BEHIND_SECURITY);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatEdge() {
        return tomcat -> {
            tomcat.addConnectorCustomizers(connector -> {
                // A slash within a prompt's name arrives encoded and is decoded with its segment, once.
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setProperty("maxSwallowSize", Integer.toString(SWALLOWED));
                // A client that asks first is told before it sends what would be refused.
                connector.setProperty("continueResponseTiming", "onRead");
            });
            tomcat.addContextCustomizers(context -> {
                if (context.getParent() instanceof org.apache.catalina.core.StandardHost host) {
                    host.setErrorReportValveClass(ProblemValve.class.getName());
                }
            });
        };
    }
}
