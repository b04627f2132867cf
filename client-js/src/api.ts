// Made by `make client` of the API's document; not to be edited.

export interface paths {
    "/api/analytics/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Visits by day, week or month */
        get: operations["get_api_analytics_chart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/clear-cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forgets the answers that are kept for the site; no event is touched */
        post: operations["post_api_analytics_clear_cache"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Today, yesterday, 7 and 30 days, each with its change */
        get: operations["get_api_analytics_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/top-countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The countries that most visits come from */
        get: operations["get_api_analytics_top_countries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/top-pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pages that are viewed most */
        get: operations["get_api_analytics_top_pages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["get_api_openapi_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The types of entities, with their totals */
        get: operations["get_api_v1_entities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity_type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entities of a type, the most viewed first */
        get: operations["get_api_v1_entities_entity_type"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity_type}/{entity_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facts and totals of one entity */
        get: operations["get_api_v1_entities_entity_type_entity_id"];
        /** Registers one entity, in place of what was there */
        put: operations["put_api_v1_entities_entity_type_entity_id"];
        post?: never;
        /** Forgets the facts of one entity */
        delete: operations["delete_api_v1_entities_entity_type_entity_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity_type}/{entity_id}/time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Visible ms by user or visitor */
        get: operations["get_api_v1_entities_entity_type_entity_id_time"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity_type}/{entity_id}/view-times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When it was viewed, the newest first */
        get: operations["get_api_v1_entities_entity_type_entity_id_view_times"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity_type}/{entity_id}/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Views by user or visitor */
        get: operations["get_api_v1_entities_entity_type_entity_id_views"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a beacon of 1 to 500 events; a secret write key lets it say more */
        post: operations["post_api_v1_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events.gif": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Takes one event, a pageview unless it has a name, and answers with a picture of one transparent pixel */
        get: operations["get_api_v1_events_gif"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events.schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The form of a beacon, as a JSON Schema */
        get: operations["get_api_v1_events_schema_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/debug": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows each event of a beacon as it would be stored, and stores nothing; needs a secret write key */
        post: operations["post_api_v1_events_debug"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gives every event of a site, with all its columns */
        get: operations["get_api_v1_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The interactions of a site, the newest first */
        get: operations["get_api_v1_interactions"];
        put?: never;
        /** Adds to the interactions: one, or an array of them; needs what events need */
        post: operations["post_api_v1_interactions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interactions/{record_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the interactions */
        get: operations["get_api_v1_interactions_record_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A site's events as they come */
        get: operations["get_api_v1_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pageviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pageviews of a site, the newest first */
        get: operations["get_api_v1_pageviews"];
        put?: never;
        /** Adds to the pageviews: one, or an array of them; needs what events need */
        post: operations["post_api_v1_pageviews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pageviews/{record_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the pageviews */
        get: operations["get_api_v1_pageviews_record_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Registers a product; without an id it gets one */
        post: operations["post_api_v1_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{entity_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facts and totals of one product */
        get: operations["get_api_v1_products_entity_id"];
        /** Registers one product, in place of what was there */
        put: operations["put_api_v1_products_entity_id"];
        post?: never;
        /** Forgets the facts of one product */
        delete: operations["delete_api_v1_products_entity_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{entity_id}/time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Visible ms by user or visitor */
        get: operations["get_api_v1_products_entity_id_time"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{entity_id}/view-times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When it was viewed, the newest first */
        get: operations["get_api_v1_products_entity_id_view_times"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{entity_id}/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Views by user or visitor */
        get: operations["get_api_v1_products_entity_id_views"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers a question about a site */
        post: operations["post_api_v1_query"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The answer to a question that was asked before */
        get: operations["get_api_v1_questions_question_id"];
        put?: never;
        post?: never;
        /** Cancels it, or forgets its answer */
        delete: operations["delete_api_v1_questions_question_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What reports there are, with their fields and columns */
        get: operations["get_api_v1_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same, with the fields in the address */
        get: operations["get_api_v1_reports_name"];
        put?: never;
        /** A report about a site */
        post: operations["post_api_v1_reports_name"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of sessions since the cursor: began, went on, fell idle, ended; the first change first */
        get: operations["get_api_v1_session_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sessions of a site, the newest first */
        get: operations["get_api_v1_sessions"];
        put?: never;
        /** Adds to the sessions: one, or an array of them; needs what events need */
        post: operations["post_api_v1_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{record_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the sessions */
        get: operations["get_api_v1_sessions_record_id"];
        put?: never;
        post?: never;
        /** Forgets the visitor of a session, with all of their sessions */
        delete: operations["delete_api_v1_sessions_record_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{record_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a session; one that is over stays as it is */
        post: operations["post_api_v1_sessions_record_id_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sites that the token may read */
        get: operations["get_api_v1_sites"];
        put?: never;
        /** Adds a site; needs a token of all sites */
        post: operations["post_api_v1_sites"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One site */
        get: operations["get_api_v1_sites_site_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a site; what the body leaves out stays */
        patch: operations["patch_api_v1_sites_site_id"];
        trace?: never;
    };
    "/api/v1/sites/{site_id}/goals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Goals or segments of a site */
        get: operations["get_api_v1_sites_site_id_goals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/goals/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets a goal or segment */
        put: operations["put_api_v1_sites_site_id_goals_name"];
        post?: never;
        /** Takes a goal or segment out */
        delete: operations["delete_api_v1_sites_site_id_goals_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Goals or segments of a site */
        get: operations["get_api_v1_sites_site_id_segments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}/segments/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets a goal or segment */
        put: operations["put_api_v1_sites_site_id_segments_name"];
        post?: never;
        /** Takes a goal or segment out */
        delete: operations["delete_api_v1_sites_site_id_segments_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tokens of the caller's sites */
        get: operations["get_api_v1_tokens"];
        put?: never;
        /** Makes a token */
        post: operations["post_api_v1_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a token back, at once */
        delete: operations["delete_api_v1_tokens_token_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forgets a user */
        delete: operations["delete_api_v1_users_user_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitors/{visitor_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forgets a visitor */
        delete: operations["delete_api_v1_visitors_visitor_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/js/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tracker and its extra files */
        get: operations["get_js_name"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["get_livez"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What ingest counts about itself */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether it can do its work */
        get: operations["get_readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Access
         * @description What a token may do. ``sites`` empty = every site; ``note`` is for people.
         *
         *         ``denied``: rights of its scope that this token has not. ``expires_ms``: when it ends, ms since 1970 UTC.
         */
        Access: {
            /** @default [] */
            denied?: ("add" | "administer" | "change" | "delete" | "read" | "write")[];
            /** @default null */
            expires_ms?: number | null;
            /** @default  */
            note?: string;
            /** @enum {unknown} */
            scope: "admin" | "edit" | "read" | "write";
            /** @default [] */
            sites?: string[];
        };
        Answer: {
            meta: {
                comparison_date_range?: string[];
                freshness: {
                    /**
                     * Format: date-time
                     * @description all that was accepted before counts
                     */
                    as_of: string;
                    last_accepted: string | null;
                };
                imports_included?: boolean;
                next_cursor?: string | null;
                time_labels?: string[];
                total_rows?: number;
                totals?: ((number | null) | {
                    currency: string;
                    value: number;
                })[];
            };
            /** @description the question with nothing left open */
            query: Record<string, unknown>;
            results: components["schemas"]["AnswerRow"][];
        };
        AnswerRow: {
            comparison?: {
                change: (number | null)[];
                dimensions: string[] | null;
                metrics: ((number | null) | {
                    currency: string;
                    value: number;
                })[];
            };
            dimensions: string[];
            metrics: ((number | null) | {
                currency: string;
                value: number;
            })[];
        };
        /**
         * App
         * @description The app that sends.
         */
        App: {
            name: string;
            /** @default null */
            version?: string | null;
        };
        AttributionAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description conversions whose first visit within the window has this label */
                first: number | null;
                /** @description of the visits */
                label: string | null;
                /** @description conversions whose last one has, which is the one in which it happened */
                last: number | null;
                /** @description conversions, each shared out in equal parts over the visits before it, to 3 digits */
                linear: number | null;
            }[];
        };
        /** @description which visits led to conversions */
        AttributionQuestion: {
            conversion: components["schemas"]["Filter"];
            date_range: components["schemas"]["DateRange"];
            /**
             * @description of visits; `visit:source`
             * @enum {string}
             */
            dimension?: "visit:source" | "visit:channel" | "visit:referrer" | "visit:utm_source" | "visit:utm_medium" | "visit:utm_campaign" | "visit:utm_content" | "visit:utm_term" | "visit:device" | "visit:browser" | "visit:browser_version" | "visit:os" | "visit:os_version" | "visit:country" | "visit:country_name" | "visit:region" | "visit:region_name" | "visit:city" | "visit:city_name" | "visit:screen" | "visit:platform" | "visit:app" | "visit:app_version" | "visit:bot" | "visit:language" | "visit:entry_page" | "visit:exit_page" | "visit:entry_page_hostname" | "visit:exit_page_hostname";
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description rows, 1 to 10,000; 100 */
            limit?: number;
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
            /** @description how long before it a visit may have begun, also before the range; 30 days, 365 at most */
            window_days?: number;
        };
        /**
         * Beacon
         * @description One request of a sender: 1..N events of at most one page.
         */
        Beacon: {
            /** @default null */
            app?: components["schemas"]["App"] | null;
            events: components["schemas"]["Event"][];
            /** @default null */
            page?: components["schemas"]["Page"] | null;
            /** @default null */
            sent_at?: number | null;
            site: string;
            /** @default null */
            user?: string | null;
            /** @default null */
            visitor?: string | null;
        };
        Chart: {
            /** @enum {string} */
            calendar: "gregorian" | "jalali";
            /** @enum {string} */
            period: "daily" | "weekly" | "monthly";
            points: {
                /** Format: date */
                date: string;
                label: string;
                pageviews: number;
                /** Format: date */
                to: string;
                visitors: number;
                visits: number;
            }[];
        };
        ClickMapAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description clicks in it; those by keyboard have no place */
                clicks: number | null;
                /** @description class of the viewport's width, as `visit:screen` */
                screen: string | null;
                /** @description who clicked */
                visitors: number | null;
                /** @description left edge of the cell, CSS px from the page's left edge */
                x: number | null;
                /** @description top edge of the cell, CSS px from the page's top edge */
                y: number | null;
            }[];
        };
        /** @description clicks on a page by place */
        ClickMapQuestion: {
            /** @description edge of a cell, 5 to 1000 CSS px; 40 */
            cell?: number;
            date_range: components["schemas"]["DateRange"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description rows, up to 10,000 */
            limit?: number;
            /** @description path of the page */
            page: string;
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        ClicksAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description clicks on it */
                clicks: number | null;
                /** @description short path of the element */
                element: string | null;
                /** @description clicks divided by the page's pageviews on such screens, to 3 digits */
                per_pageview: number | null;
                /** @description class of the viewport's width, as `visit:screen` */
                screen: string | null;
                /** @description its visible name (one of them, when it had several) */
                text: string | null;
                /** @description who clicked */
                visitors: number | null;
            }[];
        };
        /** @description clicks on a page by element */
        ClicksQuestion: {
            date_range: components["schemas"]["DateRange"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description rows, up to 10,000 */
            limit?: number;
            /** @description path of the page */
            page: string;
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        /**
         * @description A word, or the first and last day, or the first and last second, both included.
         * @example 7d
         * @example [
         *       "2026-01-01",
         *       "2026-01-31"
         *     ]
         */
        DateRange: ("day" | "24h" | "7d" | "28d" | "30d" | "91d" | "month" | "6mo" | "12mo" | "year" | "realtime" | "all") | string[];
        Dimension: ("event:page" | "event:name" | "event:hostname" | "event:element" | "event:entity_type" | "event:entity_id" | "event:user" | "event:currency" | "visit:source" | "visit:channel" | "visit:referrer" | "visit:utm_source" | "visit:utm_medium" | "visit:utm_campaign" | "visit:utm_content" | "visit:utm_term" | "visit:device" | "visit:browser" | "visit:browser_version" | "visit:os" | "visit:os_version" | "visit:country" | "visit:country_name" | "visit:region" | "visit:region_name" | "visit:city" | "visit:city_name" | "visit:screen" | "visit:platform" | "visit:app" | "visit:app_version" | "visit:bot" | "visit:language" | "visit:entry_page" | "visit:exit_page" | "visit:entry_page_hostname" | "event:entity_category" | "visit:exit_page_hostname" | "time:hour_of_day" | "time:day_of_week" | "event:goal" | "time" | "time:minute" | "time:hour" | "time:day" | "time:week" | "time:month") | `event:props:${string}`;
        /**
         * Ending
         * @description Why a session is ended. ``logout``: by its user; ``api``: by the site.
         */
        Ending: {
            /** @default api */
            reason?: string;
        };
        /**
         * Entity
         * @description A thing with a type and an id that is viewed.
         */
        Entity: {
            id: string;
            type: string;
        };
        EntryPagesAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description of these visits, in percent */
                bounce_rate: number | null;
                /** @description visits that began there */
                entries: number | null;
                /** @description path of the visit's first pageview, `(not set)` without one */
                page: string | null;
                /** @description their mean, in seconds */
                visit_duration: number | null;
                /** @description who made them */
                visitors: number | null;
            }[];
        };
        /** @description where visits begin */
        EntryPagesQuestion: {
            date_range: components["schemas"]["DateRange"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description rows, 1 to 10,000; 100 */
            limit?: number;
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        /**
         * Event
         * @description One thing that happened. Times are ms since 1970 UTC by the sender's clock.
         */
        Event: {
            /** @default null */
            active_ms?: number | null;
            /** @default null */
            at?: number | null;
            /** @default null */
            element?: string | null;
            /** @default null */
            entity?: components["schemas"]["Entity"] | null;
            /** @default null */
            id?: string | null;
            /** @default null */
            ip?: string | null;
            name: string;
            /** @default null */
            props?: {
                [key: string]: string | number | boolean | null;
            } | null;
            /** @default null */
            referrer?: string | null;
            /** @default null */
            revenue?: components["schemas"]["Revenue"] | null;
            /** @default null */
            scroll_percent?: number | null;
            /** @default null */
            seq?: number | null;
            /** @default null */
            text?: string | null;
            /** @default null */
            url?: string | null;
            /** @default null */
            user?: string | null;
            /** @default null */
            user_agent?: string | null;
            /** @default null */
            visible_ms?: number | null;
            /** @default null */
            visitor?: string | null;
            /** @default null */
            x?: number | null;
            /** @default null */
            y?: number | null;
        };
        ExitPagesAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description exits as a share of these, in percent */
                exit_rate: number | null;
                /** @description visits that ended there */
                exits: number | null;
                /** @description path of the visit's last pageview, `(not set)` without one */
                page: string | null;
                /** @description all of the page's */
                pageviews: number | null;
                /** @description who made them */
                visitors: number | null;
            }[];
        };
        /** @description where visits end */
        ExitPagesQuestion: {
            date_range: components["schemas"]["DateRange"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description rows, 1 to 10,000; 100 */
            limit?: number;
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        /**
         * @description Compares a label, or joins filters; at most 8 levels deep.
         * @example [
         *       "is",
         *       "visit:country",
         *       [
         *         "DE",
         *         "AT"
         *       ]
         *     ]
         * @example [
         *       "not",
         *       [
         *         "contains",
         *         "event:page",
         *         [
         *           "/admin"
         *         ]
         *       ]
         *     ]
         */
        Filter: Filter;
        FilterDimension: ("event:page" | "event:name" | "event:hostname" | "event:element" | "event:entity_type" | "event:entity_id" | "event:user" | "event:currency" | "visit:source" | "visit:channel" | "visit:referrer" | "visit:utm_source" | "visit:utm_medium" | "visit:utm_campaign" | "visit:utm_content" | "visit:utm_term" | "visit:device" | "visit:browser" | "visit:browser_version" | "visit:os" | "visit:os_version" | "visit:country" | "visit:country_name" | "visit:region" | "visit:region_name" | "visit:city" | "visit:city_name" | "visit:screen" | "visit:platform" | "visit:app" | "visit:app_version" | "visit:bot" | "visit:language" | "visit:entry_page" | "visit:exit_page" | "visit:entry_page_hostname" | "event:entity_category" | "visit:exit_page_hostname" | "time:hour_of_day" | "time:day_of_week" | "event:goal" | "time") | `event:props:${string}`;
        FrustrationAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description times that a click on a button did nothing */
                dead_clicks: number | null;
                /** @description short path of the element */
                element: string | null;
                /** @description path of the page */
                page: string | null;
                /** @description times that somebody clicked three times within a second */
                rage_clicks: number | null;
                /** @description its visible name (one of them, when it had several) */
                text: string | null;
                /** @description whom it happened to */
                visitors: number | null;
                /** @description in how many visits */
                visits: number | null;
            }[];
        };
        /** @description rage and dead clicks by page and element */
        FrustrationQuestion: {
            date_range: components["schemas"]["DateRange"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description rows, 1 to 10,000; 100 */
            limit?: number;
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        FunnelAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description these as a share of the first step's, in percent */
                conversion_rate: number | null;
                /** @description of the visitor's first event of the first step (of any, in any order); empty without dimension */
                label: string | null;
                /** @description from the first step to this one: the middle of the visitors' quickest ways */
                median_seconds: number | null;
                /** @description number of the step, from 1; in any order: how many of the steps were done */
                step: number | null;
                /** @description these as a share of the step's before, in percent */
                step_rate: number | null;
                /** @description visitors who came this far */
                visitors: number | null;
            }[];
        };
        /** @description how many visitors go through some steps, and how long they take */
        FunnelQuestion: {
            date_range: components["schemas"]["DateRange"];
            dimension?: components["schemas"]["FilterDimension"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /**
             * @description `ordered`: other events may lie between; `strict`: no pageview or event of the site's own may; `any`
             * @enum {string}
             */
            order?: "ordered" | "strict" | "any";
            site_id: string;
            /** @description 2 to 12 filters */
            steps: components["schemas"]["Filter"][];
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
            /** @description longest time from the first step to the last; 7 days, 90 at most */
            window_seconds?: number;
        };
        Interaction: {
            element: string | null;
            entity: {
                id: string | null;
                type: string;
            } | null;
            event_type: string;
            id: string;
            metadata: Record<string, unknown>;
            page_url: string | null;
            scroll_percent: number | null;
            /** @description with expand all of it */
            session: string | components["schemas"]["Session"] | null;
            session_id: string;
            text: string | null;
            /** Format: date-time */
            timestamp: string;
            user_id: string | null;
            visible_ms: number | null;
        };
        InteractionPage: {
            count: number;
            next: string | null;
            previous: string | null;
            results: components["schemas"]["Interaction"][];
        };
        JourneysAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description path of a pageview, or name of an event of the site's own */
                from: string | null;
                /** @description number of the link, from 1 at the start */
                step: number | null;
                /** @description the next stop (backward: the one before); `(exit)` or `(entry)` when there is none */
                to: string | null;
                /** @description visits that went so */
                visits: number | null;
            }[];
        };
        /** @description where visits go from a page or an event, or where they came from */
        JourneysQuestion: {
            date_range: components["schemas"]["DateRange"];
            /**
             * @description `forward` or `backward`
             * @enum {string}
             */
            direction?: "forward" | "backward";
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description the most frequent links of each step, up to 1000; 50 */
            links?: number;
            site_id: string;
            start?: components["schemas"]["Filter"];
            /** @description links in a row, 1 to 10; 3 */
            steps?: number;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        /**
         * @description visitors: visitors with at least one matching event; visits: visits with at least one matching event; pageviews: matching events with the name pageview; events: matching events of any name but engagement, which only reports on a pageview; clicks: matching events with the name click; views_per_visit: pageviews divided by visits; bounce_rate: share of the visits that bounced: at most one pageview, and nothing but what the tracker sends on its own (a form that was sent, or an event of the site, ends a bounce); visit_duration: mean time from first to last event of the whole visit, over the visits; time_on_page: mean visible time of a pageview: the largest of its matching engagement events, over the pageviews that have one; active_time: mean time in which a pageview was visible, focused and used: counted as time_on_page is; scroll_depth: mean of the deepest part of a page seen: the largest of its matching engagement events, over the pageviews that have one; exit_rate: visits with a matching pageview of the page that they ended on, as a share of the matching pageviews; percentage: visitors as a share of the visitors of the same question without dimensions; conversion_rate: visitors as a share of the visitors of the same question without dimensions, goals and properties; group_conversion_rate: visitors as a share of the visitors of the same group without goals and properties; total_revenue: sum of the revenue of matching events; null where they are of several currencies; average_revenue: total_revenue divided by the number of matching events that have a revenue; lcp_p50: 50 % have this or less: LCP of matching web_vital events; lcp_p75: 75 % have this or less: LCP of matching web_vital events; lcp_p90: 90 % have this or less: LCP of matching web_vital events; lcp_p99: 99 % have this or less: LCP of matching web_vital events; inp_p50: 50 % have this or less: INP of matching web_vital events; inp_p75: 75 % have this or less: INP of matching web_vital events; inp_p90: 90 % have this or less: INP of matching web_vital events; inp_p99: 99 % have this or less: INP of matching web_vital events; cls_p50: 50 % have this or less: CLS of matching web_vital events; cls_p75: 75 % have this or less: CLS of matching web_vital events; cls_p90: 90 % have this or less: CLS of matching web_vital events; cls_p99: 99 % have this or less: CLS of matching web_vital events; fcp_p50: 50 % have this or less: FCP of matching web_vital events; fcp_p75: 75 % have this or less: FCP of matching web_vital events; fcp_p90: 90 % have this or less: FCP of matching web_vital events; fcp_p99: 99 % have this or less: FCP of matching web_vital events; ttfb_p50: 50 % have this or less: TTFB of matching web_vital events; ttfb_p75: 75 % have this or less: TTFB of matching web_vital events; ttfb_p90: 90 % have this or less: TTFB of matching web_vital events; ttfb_p99: 99 % have this or less: TTFB of matching web_vital events; response_ms_p50: 50 % have this or less: the property response_ms, a number from 0 on, of matching events that have it; response_ms_p75: 75 % have this or less: the property response_ms, a number from 0 on, of matching events that have it; response_ms_p90: 90 % have this or less: the property response_ms, a number from 0 on, of matching events that have it; response_ms_p99: 99 % have this or less: the property response_ms, a number from 0 on, of matching events that have it
         * @enum {string}
         */
        Metric: "visitors" | "visits" | "pageviews" | "events" | "clicks" | "views_per_visit" | "bounce_rate" | "visit_duration" | "time_on_page" | "active_time" | "scroll_depth" | "exit_rate" | "percentage" | "conversion_rate" | "group_conversion_rate" | "total_revenue" | "average_revenue" | "lcp_p50" | "lcp_p75" | "lcp_p90" | "lcp_p99" | "inp_p50" | "inp_p75" | "inp_p90" | "inp_p99" | "cls_p50" | "cls_p75" | "cls_p90" | "cls_p99" | "fcp_p50" | "fcp_p75" | "fcp_p90" | "fcp_p99" | "ttfb_p50" | "ttfb_p75" | "ttfb_p90" | "ttfb_p99" | "response_ms_p50" | "response_ms_p75" | "response_ms_p90" | "response_ms_p99";
        /**
         * NamedFilters
         * @description A goal or a saved segment: filters as a question writes them, all of which must match, under a name.
         */
        NamedFilters: {
            filters: unknown[];
            name: string;
        };
        /**
         * NewInteraction
         * @description Something that happened. ``metadata`` is an object; what is nested in it becomes ``outer.inner``.
         */
        NewInteraction: {
            /** @default null */
            element?: string | null;
            event_type: string;
            /** @default null */
            id?: string | null;
            /** @default null */
            metadata?: Record<string, unknown> | null;
            /** @default null */
            page_url?: string | null;
            session_id: string;
            /** @default null */
            timestamp?: string | null;
            /** @default null */
            user_id?: string | null;
        };
        /**
         * NewPageview
         * @description A page that was shown; a session that is not known begins with it. Sent again under its ``id`` it counts once.
         */
        NewPageview: {
            /** @default null */
            id?: string | null;
            /** @default null */
            referrer?: string | null;
            session_id: string;
            /** @default null */
            timestamp?: string | null;
            /** @default null */
            title?: string | null;
            url: string;
            /** @default null */
            user_id?: string | null;
        };
        /**
         * NewSession
         * @description A session that begins, or goes on; with ``end_time`` one that is over.
         *
         *         ``user_agent`` and ``ip_address`` are believed of the holder of a secret write key, else those of the connection.
         */
        NewSession: {
            /** @default null */
            end_time?: string | null;
            /** @default null */
            ip_address?: string | null;
            session_id: string;
            /** @default null */
            user_agent?: string | null;
            /** @default null */
            user_id?: string | null;
        };
        /**
         * NewSite
         * @description A site to be added. Its number of shards is the operator's: `footfall site set --shards`.
         */
        NewSite: {
            bot_days?: number | null;
            /** @enum {unknown} */
            count?: "all" | "guests" | "users";
            /** @enum {unknown} */
            first_weekday?: "friday" | "monday" | "saturday" | "sunday" | "thursday" | "tuesday" | "wednesday";
            hostnames?: string[];
            id: string;
            /** @enum {unknown} */
            keep_address?: "cut" | "full" | "none";
            keep_user_agent?: boolean;
            name?: string;
            people?: string[];
            retention_days?: number | null;
            rules?: components["schemas"]["Rule"][];
            single_session?: boolean;
            timezone?: string;
        };
        /**
         * NewToken
         * @description A token to be made. ``sites`` empty = all; ``denied``: rights that it has not; ``days``: None = for good.
         */
        NewToken: {
            /** @default null */
            days?: number | null;
            /** @default [] */
            denied?: ("add" | "administer" | "change" | "delete" | "read" | "write")[];
            /** @default  */
            note?: string;
            /** @enum {unknown} */
            scope: "admin" | "edit" | "read" | "write";
            /** @default [] */
            sites?: string[];
        };
        Overview: {
            by_device: {
                [key: string]: number;
            };
            by_platform: {
                [key: string]: number;
            };
            last_7_days: {
                bounce_rate: number | null;
                change_percent: {
                    pageviews: number | null;
                    visitors: number | null;
                    visits: number | null;
                };
                /** Format: date */
                from: string;
                pageviews: number;
                sessions: number;
                /** Format: date */
                to: string;
                visit_duration: number | null;
                visitors: number;
                visits: number;
            };
            last_30_days: {
                bounce_rate: number | null;
                change_percent: {
                    pageviews: number | null;
                    visitors: number | null;
                    visits: number | null;
                };
                /** Format: date */
                from: string;
                pageviews: number;
                sessions: number;
                /** Format: date */
                to: string;
                visit_duration: number | null;
                visitors: number;
                visits: number;
            };
            today: {
                bounce_rate: number | null;
                change_percent: {
                    pageviews: number | null;
                    visitors: number | null;
                    visits: number | null;
                };
                /** Format: date */
                from: string;
                pageviews: number;
                sessions: number;
                /** Format: date */
                to: string;
                visit_duration: number | null;
                visitors: number;
                visits: number;
            };
            yesterday: {
                bounce_rate: number | null;
                change_percent: {
                    pageviews: number | null;
                    visitors: number | null;
                    visits: number | null;
                };
                /** Format: date */
                from: string;
                pageviews: number;
                sessions: number;
                /** Format: date */
                to: string;
                visit_duration: number | null;
                visitors: number;
                visits: number;
            };
        };
        /**
         * Page
         * @description The page instance that the events of a beacon belong to. Width and height: viewport, CSS px.
         *
         *         ``webdriver``: ``navigator.webdriver``, which is true where a program drives the browser.
         */
        Page: {
            /** @default null */
            height?: number | null;
            /** @default null */
            id?: string | null;
            /** @default null */
            language?: string | null;
            /** @default null */
            referrer?: string | null;
            /** @default null */
            title?: string | null;
            /** @default null */
            url?: string | null;
            /** @default null */
            webdriver?: boolean | null;
            /** @default null */
            width?: number | null;
        };
        Pageview: {
            id: string;
            /** @description with expand all of it */
            session: string | components["schemas"]["Session"] | null;
            session_id: string;
            /** Format: date-time */
            timestamp: string;
            title: string | null;
            url: string | null;
            user_id: string | null;
        };
        PageviewPage: {
            count: number;
            next: string | null;
            previous: string | null;
            results: components["schemas"]["Pageview"][];
        };
        /** @description RFC 9457: what was refused, and why. */
        Problem: {
            /** @description for programs */
            code: string;
            /** @description for people */
            detail: string;
            /** @description JSON pointer (RFC 6901) of the field that is wrong */
            pointer?: string;
            status: number;
            title: string;
            type: string;
        };
        /**
         * @example {
         *       "site_id": "shop",
         *       "metrics": [
         *         "visitors",
         *         "bounce_rate"
         *       ],
         *       "date_range": "7d"
         *     }
         * @example {
         *       "site_id": "shop",
         *       "metrics": [
         *         "visitors",
         *         "pageviews"
         *       ],
         *       "date_range": [
         *         "2026-01-01",
         *         "2026-01-31"
         *       ],
         *       "dimensions": [
         *         "time:day"
         *       ],
         *       "filters": [
         *         [
         *           "is",
         *           "visit:device",
         *           [
         *             "mobile"
         *           ]
         *         ],
         *         [
         *           "not",
         *           [
         *             "contains",
         *             "event:page",
         *             [
         *               "/admin"
         *             ]
         *           ]
         *         ]
         *       ],
         *       "order_by": [
         *         [
         *           "visitors",
         *           "desc"
         *         ]
         *       ],
         *       "include": {
         *         "totals": true,
         *         "comparisons": {
         *           "mode": "previous_period"
         *         }
         *       },
         *       "pagination": {
         *         "limit": 100
         *       }
         *     }
         */
        Question: {
            date_range: components["schemas"]["DateRange"];
            dimensions?: components["schemas"]["Dimension"][];
            filters?: components["schemas"]["Filter"][];
            include?: {
                /** @description events of declared robots are counted as well */
                bots?: boolean;
                /** @description Beside every row the one of another range; date_range is for the mode custom. */
                comparisons?: {
                    date_range?: components["schemas"]["DateRange"];
                    match_day_of_week?: boolean;
                    /** @enum {string} */
                    mode: "previous_period" | "year_over_year" | "custom";
                };
                /** @description nothing more, but meta.imports_included: what was loaded from elsewhere always counts */
                imports?: boolean;
                /** @description the labels of all time buckets of the range, as meta.time_labels */
                time_labels?: boolean;
                /** @description the number of rows without pagination, as meta.total_rows */
                total_rows?: boolean;
                /** @description the metrics of the question without dimensions, as meta.totals */
                totals?: boolean;
            };
            metrics: components["schemas"]["Metric"][];
            order_by?: [
                components["schemas"]["Metric"] | components["schemas"]["Dimension"],
                "asc" | "desc"
            ][];
            pagination?: {
                /** @description empty for the first page, then meta.next_cursor */
                cursor?: string;
                /** @default 10000 */
                limit?: number;
                /** @default 0 */
                offset?: number;
            };
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        RealtimeAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description events of any name but `engagement` */
                events: number | null;
                /** @description 0 is the minute that ends with this second */
                minutes_ago: number | null;
                /** @description pageviews in it */
                pageviews: number | null;
                /** @description visitors with an event in it */
                visitors: number | null;
            }[];
        };
        /** @description who is here, and the last half hour minute by minute; `meta.visitors` are those of the last 5 minutes */
        RealtimeQuestion: {
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        ReportAnswers: {
            attribution: components["schemas"]["AttributionAnswer"];
            "click-map": components["schemas"]["ClickMapAnswer"];
            clicks: components["schemas"]["ClicksAnswer"];
            "entry-pages": components["schemas"]["EntryPagesAnswer"];
            "exit-pages": components["schemas"]["ExitPagesAnswer"];
            frustration: components["schemas"]["FrustrationAnswer"];
            funnel: components["schemas"]["FunnelAnswer"];
            journeys: components["schemas"]["JourneysAnswer"];
            realtime: components["schemas"]["RealtimeAnswer"];
            retention: components["schemas"]["RetentionAnswer"];
            "scroll-map": components["schemas"]["ScrollMapAnswer"];
            "web-vitals": components["schemas"]["WebVitalsAnswer"];
        };
        ReportQuestions: {
            attribution: components["schemas"]["AttributionQuestion"];
            "click-map": components["schemas"]["ClickMapQuestion"];
            clicks: components["schemas"]["ClicksQuestion"];
            "entry-pages": components["schemas"]["EntryPagesQuestion"];
            "exit-pages": components["schemas"]["ExitPagesQuestion"];
            frustration: components["schemas"]["FrustrationQuestion"];
            funnel: components["schemas"]["FunnelQuestion"];
            journeys: components["schemas"]["JourneysQuestion"];
            realtime: components["schemas"]["RealtimeQuestion"];
            retention: components["schemas"]["RetentionQuestion"];
            "scroll-map": components["schemas"]["ScrollMapQuestion"];
            "web-vitals": components["schemas"]["WebVitalsQuestion"];
        };
        RetentionAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description first day of the period of the first event in the range */
                cohort: string | null;
                /** @description number of periods since, 0 for the first */
                period: number | null;
                /** @description these as a share of the cohort, in percent */
                rate: number | null;
                /** @description who of them has an event in that period; in period 0 all of them */
                returned: number | null;
                /** @description who belongs to it */
                visitors: number | null;
            }[];
        };
        /** @description who comes back, by the day, week or month in which they first came */
        RetentionQuestion: {
            date_range: components["schemas"]["DateRange"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /**
             * @description `visitor`, or `user` for the site's own ids: without consent a visitor is another one every day
             * @enum {string}
             */
            of?: "visitor" | "user";
            /**
             * @description `day`, `week` (from Monday on) or `month`
             * @enum {string}
             */
            period?: "day" | "week" | "month";
            return?: components["schemas"]["Filter"];
            site_id: string;
            start?: components["schemas"]["Filter"];
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        /**
         * Revenue
         * @description An amount of money. ``currency`` is an ISO 4217 code.
         */
        Revenue: {
            amount: number;
            currency: string;
        };
        /**
         * Rule
         * @description Whether events of a path count. ``platform``: web, app or any; ingest/rules.py says what fits a path.
         */
        Rule: {
            counts: boolean;
            path: string;
            /** @default any */
            platform?: string;
        };
        ScrollMapAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description pageviews that saw this or more: the largest scroll depth of their engagement events */
                pageviews: number | null;
                /** @description part of the page's height, 0 to 100 in steps of 5 */
                percent: number | null;
                /** @description class of the viewport's width, as `visit:screen` */
                screen: string | null;
                /** @description these as a share of all that told their depth, in percent */
                share: number | null;
            }[];
        };
        /** @description how far down a page its pageviews came */
        ScrollMapQuestion: {
            date_range: components["schemas"]["DateRange"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description path of the page */
            page: string;
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        Session: {
            app: string | null;
            browser: string | null;
            browser_version: string | null;
            channel: string | null;
            city: string | null;
            country: string | null;
            device: string | null;
            duration_ms: number;
            /** @enum {unknown} */
            end_reason: "timeout" | "replaced" | "api" | "logout" | null;
            /** Format: date-time */
            end_time: string | null;
            entry_page: string | null;
            events: number;
            exit_page: string | null;
            id: string;
            ip_address: string | null;
            is_bounce: boolean | null;
            language: string | null;
            /** Format: date-time */
            last_seen: string;
            os: string | null;
            pageviews: number;
            platform: string | null;
            referrer: string | null;
            region: string | null;
            session_id: string;
            source: string | null;
            /** Format: date-time */
            start_time: string;
            /** @enum {string} */
            state: "active" | "idle" | "ended";
            user_agent: string | null;
            user_id: string | null;
        };
        SessionChanges: {
            /** @description where to go on, also when there are no results */
            cursor: string;
            results: {
                app: string | null;
                browser: string | null;
                browser_version: string | null;
                /** Format: date-time */
                changed_at: string;
                channel: string | null;
                city: string | null;
                country: string | null;
                device: string | null;
                duration_ms: number;
                /** @enum {unknown} */
                end_reason: "timeout" | "replaced" | "api" | "logout" | null;
                /** Format: date-time */
                end_time: string | null;
                entry_page: string | null;
                events: number;
                exit_page: string | null;
                id: string;
                ip_address: string | null;
                is_bounce: boolean | null;
                language: string | null;
                /** Format: date-time */
                last_seen: string;
                os: string | null;
                pageviews: number;
                platform: string | null;
                referrer: string | null;
                region: string | null;
                session_id: string;
                source: string | null;
                /** Format: date-time */
                start_time: string;
                /** @enum {string} */
                state: "active" | "idle" | "ended";
                user_agent: string | null;
                user_id: string | null;
            }[];
        };
        SessionPage: {
            count: number;
            next: string | null;
            previous: string | null;
            results: components["schemas"]["Session"][];
        };
        SessionState: {
            /** @enum {unknown} */
            end_reason: "timeout" | "replaced" | "api" | "logout" | null;
            /** Format: date-time */
            end_time: string | null;
            id: string;
            ip_address: string | null;
            session_id: string;
            /** Format: date-time */
            start_time: string;
            /** @enum {string} */
            state: "active" | "idle" | "ended";
            user_agent: string | null;
            user_id?: string | null;
        };
        /**
         * Site
         * @description What is measured. ``hostnames`` empty = pages of any host; ``timezone`` is an IANA name.
         *
         *         ``retention_days``: whole days before today whose events are kept; None = all. ``bot_days``: the same for robots.
         *         ``count``: whose events count; a guest has no user id. ``people``: names of robots that count as people.
         *         ``shards`` take new events; ``shards_held`` may hold some: it grows before ``shards`` does, and never shrinks.
         *         ``single_session``: a user has one session at a time; a new one ends the others (docs/records.md).
         *         ``first_weekday``: on which a week of its charts begins, where a request does not say.
         *         ``keep_address``: what is stored of a sender's address; ``keep_user_agent``: whether the user agent is, as it came.
         *         ``goals`` and ``segments`` are what questions may name (docs/query.md); each name is there once.
         */
        Site: {
            /** @default 7 */
            bot_days?: number | null;
            /**
             * @default all
             * @enum {unknown}
             */
            count?: "all" | "guests" | "users";
            /**
             * @default monday
             * @enum {unknown}
             */
            first_weekday?: "friday" | "monday" | "saturday" | "sunday" | "thursday" | "tuesday" | "wednesday";
            /** @default [] */
            goals?: components["schemas"]["NamedFilters"][];
            /** @default [] */
            hostnames?: string[];
            id: string;
            /**
             * @default none
             * @enum {unknown}
             */
            keep_address?: "cut" | "full" | "none";
            /** @default false */
            keep_user_agent?: boolean;
            name: string;
            /** @default [] */
            people?: string[];
            /** @default null */
            retention_days?: number | null;
            /** @default [] */
            rules?: components["schemas"]["Rule"][];
            /** @default [] */
            segments?: components["schemas"]["NamedFilters"][];
            /** @default 1 */
            shards?: number;
            /** @default 0 */
            shards_held?: number;
            /** @default false */
            single_session?: boolean;
            /** @default UTC */
            timezone?: string;
        };
        /**
         * SiteChange
         * @description Facts of a site; those that are left out stay as they are. Storage/sites.py says what each means.
         */
        SiteChange: {
            bot_days?: number | null;
            /** @enum {unknown} */
            count?: "all" | "guests" | "users";
            /** @enum {unknown} */
            first_weekday?: "friday" | "monday" | "saturday" | "sunday" | "thursday" | "tuesday" | "wednesday";
            hostnames?: string[];
            /** @enum {unknown} */
            keep_address?: "cut" | "full" | "none";
            keep_user_agent?: boolean;
            name?: string;
            people?: string[];
            retention_days?: number | null;
            rules?: components["schemas"]["Rule"][];
            single_session?: boolean;
            timezone?: string;
        };
        TopCountries: {
            results: {
                code: string | null;
                name: string;
                pageviews: number;
                share_percent: number;
                visitors: number;
                visits: number;
            }[];
        };
        TopPages: {
            results: {
                pageviews: number;
                path: string;
                share_percent: number;
                title: string | null;
                visitors: number;
                visits: number;
            }[];
        };
        WebVitalsAnswer: {
            columns: string[];
            meta: Record<string, unknown>;
            query: Record<string, unknown>;
            results: {
                /** @description share that the library rates good, in percent */
                good: number | null;
                /** @description of the dimension; empty without one */
                label: string | null;
                /** @description LCP, INP, CLS, FCP or TTFB */
                metric: string | null;
                /** @description half of them had this or less: ms, of CLS without unit; one of the values */
                p50: number | null;
                /** @description three quarters had */
                p75: number | null;
                /** @description nine tenths had */
                p90: number | null;
                /** @description 99 of 100 had */
                p99: number | null;
                /** @description share that it rates poor, in percent */
                poor: number | null;
                /** @description pageviews that told it */
                samples: number | null;
            }[];
        };
        /** @description how fast and steady pages were for their visitors */
        WebVitalsQuestion: {
            date_range: components["schemas"]["DateRange"];
            dimension?: components["schemas"]["FilterDimension"];
            filters?: components["schemas"]["Filter"][];
            include?: {
                bots?: boolean;
            };
            /** @description rows, 1 to 10,000; 1000 */
            limit?: number;
            site_id: string;
            /**
             * @description IANA name; default the site's
             * @example Europe/Berlin
             */
            timezone?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_api_analytics_chart: {
        parameters: {
            query?: {
                /** @description of months and labels */
                calendar?: "gregorian" | "jalali";
                /** @description points of daily */
                days?: number;
                /** @description on which a week begins; default the site's */
                first_weekday?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
                /** @description points of monthly */
                months?: number;
                /** @description of a point */
                period?: "daily" | "weekly" | "monthly";
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
                /** @description points of weekly */
                weeks?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chart"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_analytics_clear_cache: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how many there were */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cleared: number;
                    };
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_analytics_overview: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_analytics_top_countries: {
        parameters: {
            query?: {
                /** @description the last days, today included */
                days?: number;
                /** @description at most so many */
                limit?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopCountries"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_analytics_top_pages: {
        parameters: {
            query?: {
                /** @description the last days, today included */
                days?: number;
                /** @description at most so many */
                limit?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopPages"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_openapi_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
        };
    };
    get_api_v1_entities: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_entities_entity_type: {
        parameters: {
            query?: {
                /** @description rows a page */
                limit?: number;
                /** @description rows in front of the page */
                offset?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the type, such as product */
                entity_type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_entities_entity_type_entity_id: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
                /** @description the type, such as product */
                entity_type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_v1_entities_entity_type_entity_id: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
                /** @description the type, such as product */
                entity_type: string;
            };
            cookie?: never;
        };
        /** @description name, category, url, tags, and up to 30 facts of your own */
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description it is new */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it is there already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_entities_entity_type_entity_id: {
        parameters: {
            query?: {
                /** @description 1: its events, too, are forgotten */
                purge?: "0" | "1";
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
                /** @description the type, such as product */
                entity_type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description nothing shows them any more; what will be done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_entities_entity_type_entity_id_time: {
        parameters: {
            query?: {
                /** @description whose */
                by?: "user" | "visitor";
                /** @description rows a page */
                limit?: number;
                /** @description rows in front of the page */
                offset?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
                /** @description the type, such as product */
                entity_type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_entities_entity_type_entity_id_view_times: {
        parameters: {
            query?: {
                /** @description rows a page */
                limit?: number;
                /** @description rows in front of the page */
                offset?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
                /** @description of this user alone */
                user?: string;
                /** @description of this visitor alone */
                visitor?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
                /** @description the type, such as product */
                entity_type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_entities_entity_type_entity_id_views: {
        parameters: {
            query?: {
                /** @description whose */
                by?: "user" | "visitor";
                /** @description rows a page */
                limit?: number;
                /** @description rows in front of the page */
                offset?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
                /** @description the type, such as product */
                entity_type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the beacon */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Beacon"];
                "text/plain": components["schemas"]["Beacon"];
            };
        };
        responses: {
            /** @description stored; what was not taken is named */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body's length is not said */
            411: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is of a type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_events_gif: {
        parameters: {
            query: {
                /** @description the event's name */
                name?: string;
                /** @description where the visitor came from */
                referrer?: string;
                /** @description the site's id */
                site: string;
                /** @description the page's title */
                title?: string;
                /** @description the page's address; else the one that the browser refers to */
                url?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/gif": unknown;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_events_schema_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": Record<string, unknown>;
                };
            };
        };
    };
    post_api_v1_events_debug: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the beacon */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Beacon"];
                "text/plain": components["schemas"]["Beacon"];
            };
        };
        responses: {
            /** @description what would be stored, and what not and why */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body's length is not said */
            411: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is of a type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_export: {
        parameters: {
            query: {
                /** @description 0, or the X-Footfall-Cursor of an answer: events that arrived since, each exactly once */
                after?: string;
                /** @description form of the answer */
                format?: "ndjson" | "csv" | "parquet";
                /** @description first day, in the site's time zone */
                from?: string;
                /** @description id of the site */
                site: string;
                /** @description last day, in the site's time zone */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": unknown;
                    "application/x-ndjson": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_interactions: {
        parameters: {
            query?: {
                /** @description robots, too */
                bots?: boolean;
                /** @description instead of an offset: empty, then as `next` has it */
                cursor?: string;
                /** @description short path of the element; element__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                element?: string;
                /** @description id of the viewed thing; entity_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                entity_id?: string;
                /** @description type of the viewed thing; entity_type__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                entity_type?: string;
                /** @description click, scroll, …, or a name of the site's own; event_type__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                event_type?: string;
                /** @description show the whole session of each */
                expand?: "session";
                /** @description the time in ms and a hash, so in the order of time; id__…: exact */
                id?: string;
                /** @description records a page */
                limit?: number;
                /** @description records in front of the page */
                offset?: number;
                /** @description fields by commas, - in front for the largest first */
                ordering?: string;
                /** @description address of the page; page_url__…: exact, contains, startswith, endswith, iexact, icontains, istartswith, iendswith, in */
                page_url?: string;
                /** @description words that must be in the record */
                search?: string;
                /** @description id of its session, or the id that the sender gave it; session__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                session?: string;
                /** @description the same; session__session_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                session__session_id?: string;
                /** @description the same; session__user_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                session__user_id?: string;
                /** @description the same; session_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                session_id?: string;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
                /** @description its visible name; text__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                text?: string;
                /** @description when it happened; timestamp__…: exact, gt, gte, after, lt, lte, before, range, date, isnull */
                timestamp?: string;
                /** @description the id that the site itself gave; user_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionPage"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_interactions: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the record, or up to 100 */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInteraction"] | components["schemas"]["NewInteraction"][];
            };
        };
        responses: {
            /** @description the record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interaction"];
                };
            };
            /** @description stored; what an array, or a server that takes events only, is answered */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_interactions_record_id: {
        parameters: {
            query?: {
                /** @description show the whole session of each */
                expand?: "session";
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the record's id */
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interaction"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_live: {
        parameters: {
            query: {
                /** @description the site's id */
                site_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description server-sent events, without an end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_pageviews: {
        parameters: {
            query?: {
                /** @description robots, too */
                bots?: boolean;
                /** @description instead of an offset: empty, then as `next` has it */
                cursor?: string;
                /** @description show the whole session of each */
                expand?: "session";
                /** @description the time in ms and a hash, so in the order of time; id__…: exact */
                id?: string;
                /** @description records a page */
                limit?: number;
                /** @description records in front of the page */
                offset?: number;
                /** @description fields by commas, - in front for the largest first */
                ordering?: string;
                /** @description words that must be in the record */
                search?: string;
                /** @description id of its session, or the id that the sender gave it; session__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                session?: string;
                /** @description the same; session__session_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                session__session_id?: string;
                /** @description the same; session__user_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                session__user_id?: string;
                /** @description the same; session_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                session_id?: string;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
                /** @description when it happened; timestamp__…: exact, gt, gte, after, lt, lte, before, range, date, isnull */
                timestamp?: string;
                /** @description title of the page; title__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                title?: string;
                /** @description https://host/path, or the name of an app's screen; url__…: exact, contains, startswith, endswith, iexact, icontains, istartswith, iendswith, in */
                url?: string;
                /** @description the id that the site itself gave; user_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageviewPage"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_pageviews: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the record, or up to 100 */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPageview"] | components["schemas"]["NewPageview"][];
            };
        };
        responses: {
            /** @description the record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pageview"];
                };
            };
            /** @description stored; what an array, or a server that takes events only, is answered */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_pageviews_record_id: {
        parameters: {
            query?: {
                /** @description show the whole session of each */
                expand?: "session";
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the record's id */
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pageview"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_products: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description name, category, url, tags, and up to 30 facts of your own */
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            /** @description it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it is there already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_products_entity_id: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_v1_products_entity_id: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
            };
            cookie?: never;
        };
        /** @description name, category, url, tags, and up to 30 facts of your own */
        requestBody: {
            content: {
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description it is new */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it is there already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_products_entity_id: {
        parameters: {
            query?: {
                /** @description 1: its events, too, are forgotten */
                purge?: "0" | "1";
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description nothing shows them any more; what will be done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_products_entity_id_time: {
        parameters: {
            query?: {
                /** @description whose */
                by?: "user" | "visitor";
                /** @description rows a page */
                limit?: number;
                /** @description rows in front of the page */
                offset?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_products_entity_id_view_times: {
        parameters: {
            query?: {
                /** @description rows a page */
                limit?: number;
                /** @description rows in front of the page */
                offset?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
                /** @description of this user alone */
                user?: string;
                /** @description of this visitor alone */
                visitor?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_products_entity_id_views: {
        parameters: {
            query?: {
                /** @description whose */
                by?: "user" | "visitor";
                /** @description rows a page */
                limit?: number;
                /** @description rows in front of the page */
                offset?: number;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id */
                entity_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_query: {
        parameters: {
            query?: {
                /** @description csv for a table, else JSON */
                format?: "json" | "csv";
            };
            header?: {
                /** @description the ETag of an answer that the client has */
                "If-None-Match"?: string;
                /** @description respond-async: the answer is fetched later */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description the question */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Question"];
            };
        };
        responses: {
            /** @description rows, and the question with nothing left open */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                    "text/csv": components["schemas"]["Answer"];
                };
            };
            /** @description with Prefer: respond-async: where the answer will be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the answer is the one of the ETag in If-None-Match */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_questions_question_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description as the 202 said */
                question_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                    "text/csv": Record<string, unknown>;
                };
            };
            /** @description with Prefer: respond-async: where the answer will be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it is there already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_questions_question_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description as the 202 said */
                question_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_reports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description reports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
        };
    };
    get_api_v1_reports_name: {
        parameters: {
            query: {
                /** @description as in a question; realtime has its own */
                date_range?: string;
                /** @description csv for a table, else JSON */
                format?: "json" | "csv";
                /** @description the site's id */
                site_id: string;
            };
            header?: {
                /** @description the ETag of an answer that the client has */
                "If-None-Match"?: string;
                /** @description respond-async: the answer is fetched later */
                Prefer?: string;
            };
            path: {
                /** @description which report */
                name: "funnel" | "retention" | "journeys" | "entry-pages" | "exit-pages" | "clicks" | "click-map" | "scroll-map" | "frustration" | "attribution" | "web-vitals" | "realtime";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description columns and rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FunnelAnswer"] | components["schemas"]["RetentionAnswer"] | components["schemas"]["JourneysAnswer"] | components["schemas"]["EntryPagesAnswer"] | components["schemas"]["ExitPagesAnswer"] | components["schemas"]["ClicksAnswer"] | components["schemas"]["ClickMapAnswer"] | components["schemas"]["ScrollMapAnswer"] | components["schemas"]["FrustrationAnswer"] | components["schemas"]["AttributionAnswer"] | components["schemas"]["WebVitalsAnswer"] | components["schemas"]["RealtimeAnswer"];
                    "text/csv": components["schemas"]["FunnelAnswer"] | components["schemas"]["RetentionAnswer"] | components["schemas"]["JourneysAnswer"] | components["schemas"]["EntryPagesAnswer"] | components["schemas"]["ExitPagesAnswer"] | components["schemas"]["ClicksAnswer"] | components["schemas"]["ClickMapAnswer"] | components["schemas"]["ScrollMapAnswer"] | components["schemas"]["FrustrationAnswer"] | components["schemas"]["AttributionAnswer"] | components["schemas"]["WebVitalsAnswer"] | components["schemas"]["RealtimeAnswer"];
                };
            };
            /** @description with Prefer: respond-async: where the answer will be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the answer is the one of the ETag in If-None-Match */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_reports_name: {
        parameters: {
            query?: {
                /** @description csv for a table, else JSON */
                format?: "json" | "csv";
            };
            header?: {
                /** @description the ETag of an answer that the client has */
                "If-None-Match"?: string;
                /** @description respond-async: the answer is fetched later */
                Prefer?: string;
            };
            path: {
                /** @description which report */
                name: "funnel" | "retention" | "journeys" | "entry-pages" | "exit-pages" | "clicks" | "click-map" | "scroll-map" | "frustration" | "attribution" | "web-vitals" | "realtime";
            };
            cookie?: never;
        };
        /** @description site_id, date_range, and the report's own fields */
        requestBody: {
            content: {
                "application/json": components["schemas"]["FunnelQuestion"] | components["schemas"]["RetentionQuestion"] | components["schemas"]["JourneysQuestion"] | components["schemas"]["EntryPagesQuestion"] | components["schemas"]["ExitPagesQuestion"] | components["schemas"]["ClicksQuestion"] | components["schemas"]["ClickMapQuestion"] | components["schemas"]["ScrollMapQuestion"] | components["schemas"]["FrustrationQuestion"] | components["schemas"]["AttributionQuestion"] | components["schemas"]["WebVitalsQuestion"] | components["schemas"]["RealtimeQuestion"];
            };
        };
        responses: {
            /** @description columns and rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FunnelAnswer"] | components["schemas"]["RetentionAnswer"] | components["schemas"]["JourneysAnswer"] | components["schemas"]["EntryPagesAnswer"] | components["schemas"]["ExitPagesAnswer"] | components["schemas"]["ClicksAnswer"] | components["schemas"]["ClickMapAnswer"] | components["schemas"]["ScrollMapAnswer"] | components["schemas"]["FrustrationAnswer"] | components["schemas"]["AttributionAnswer"] | components["schemas"]["WebVitalsAnswer"] | components["schemas"]["RealtimeAnswer"];
                    "text/csv": components["schemas"]["FunnelAnswer"] | components["schemas"]["RetentionAnswer"] | components["schemas"]["JourneysAnswer"] | components["schemas"]["EntryPagesAnswer"] | components["schemas"]["ExitPagesAnswer"] | components["schemas"]["ClicksAnswer"] | components["schemas"]["ClickMapAnswer"] | components["schemas"]["ScrollMapAnswer"] | components["schemas"]["FrustrationAnswer"] | components["schemas"]["AttributionAnswer"] | components["schemas"]["WebVitalsAnswer"] | components["schemas"]["RealtimeAnswer"];
                };
            };
            /** @description with Prefer: respond-async: where the answer will be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the answer is the one of the ETag in If-None-Match */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_session_changes: {
        parameters: {
            query?: {
                /** @description whether its state is active; active__…: exact */
                active?: string;
                /** @description name of the app; app__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                app?: string;
                /** @description robots, too */
                bots?: boolean;
                /** @description family name; browser__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                browser?: string;
                /** @description major version; browser_version__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                browser_version?: string;
                /** @description kind of source; channel__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                channel?: string;
                /** @description English name; city__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                city?: string;
                /** @description ISO 3166-1 alpha-2 code; country__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                country?: string;
                /** @description where the last answer ended; from the beginning without one */
                cursor?: string;
                /** @description desktop, mobile, tablet, tv or other; device__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                device?: string;
                /** @description from first to last event; duration_ms__…: exact, gt, gte, lt, lte, isnull */
                duration_ms?: string;
                /** @description its last event; null while it is not ended; end_time__…: exact, gt, gte, after, lt, lte, before, range, date, isnull */
                end_time?: string;
                /** @description path of its first pageview; entry_page__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                entry_page?: string;
                /** @description its events but engagement; events__…: exact, gt, gte, lt, lte, isnull */
                events?: string;
                /** @description path of its last pageview; exit_page__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                exit_page?: string;
                /** @description 16 hexadecimal digits; id__…: exact */
                id?: string;
                /** @description the same: whole, or cut to its network; ip_address__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                ip_address?: string;
                /** @description whether it bounced; is_bounce__…: exact */
                is_bounce?: string;
                /** @description first language of the browser; language__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                language?: string;
                /** @description its last event; last_seen__…: exact, gt, gte, after, lt, lte, before, range, date, isnull */
                last_seen?: string;
                /** @description records a page */
                limit?: number;
                /** @description operating system; os__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                os?: string;
                /** @description its pageviews; pageviews__…: exact, gt, gte, lt, lte, isnull */
                pageviews?: string;
                /** @description web or app; platform__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                platform?: string;
                /** @description page that it came from; referrer__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                referrer?: string;
                /** @description ISO 3166-2 code; region__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                region?: string;
                /** @description words that must be in the record */
                search?: string;
                /** @description the visitor id that the sender gave, else the session's id; session_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                session_id?: string;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
                /** @description where it came from; source__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                source?: string;
                /** @description its first event; start_time__…: exact, gt, gte, after, lt, lte, before, range, date, isnull */
                start_time?: string;
                /** @description active (an event within 5 minutes), idle, ended (30 minutes, or by a call); state__…: exact */
                state?: string;
                /** @description of its first event; null where the site keeps none; user_agent__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                user_agent?: string;
                /** @description the id that the site itself gave; null = anonymous; user_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description each session as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionChanges"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_sessions: {
        parameters: {
            query?: {
                /** @description whether its state is active; active__…: exact */
                active?: string;
                /** @description name of the app; app__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                app?: string;
                /** @description robots, too */
                bots?: boolean;
                /** @description family name; browser__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                browser?: string;
                /** @description major version; browser_version__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                browser_version?: string;
                /** @description kind of source; channel__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                channel?: string;
                /** @description English name; city__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                city?: string;
                /** @description ISO 3166-1 alpha-2 code; country__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                country?: string;
                /** @description instead of an offset: empty, then as `next` has it */
                cursor?: string;
                /** @description desktop, mobile, tablet, tv or other; device__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                device?: string;
                /** @description from first to last event; duration_ms__…: exact, gt, gte, lt, lte, isnull */
                duration_ms?: string;
                /** @description its last event; null while it is not ended; end_time__…: exact, gt, gte, after, lt, lte, before, range, date, isnull */
                end_time?: string;
                /** @description path of its first pageview; entry_page__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                entry_page?: string;
                /** @description its events but engagement; events__…: exact, gt, gte, lt, lte, isnull */
                events?: string;
                /** @description path of its last pageview; exit_page__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                exit_page?: string;
                /** @description 16 hexadecimal digits; id__…: exact */
                id?: string;
                /** @description the same: whole, or cut to its network; ip_address__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                ip_address?: string;
                /** @description whether it bounced; is_bounce__…: exact */
                is_bounce?: string;
                /** @description first language of the browser; language__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                language?: string;
                /** @description its last event; last_seen__…: exact, gt, gte, after, lt, lte, before, range, date, isnull */
                last_seen?: string;
                /** @description records a page */
                limit?: number;
                /** @description records in front of the page */
                offset?: number;
                /** @description fields by commas, - in front for the largest first */
                ordering?: string;
                /** @description operating system; os__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                os?: string;
                /** @description its pageviews; pageviews__…: exact, gt, gte, lt, lte, isnull */
                pageviews?: string;
                /** @description web or app; platform__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                platform?: string;
                /** @description page that it came from; referrer__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                referrer?: string;
                /** @description ISO 3166-2 code; region__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                region?: string;
                /** @description words that must be in the record */
                search?: string;
                /** @description the visitor id that the sender gave, else the session's id; session_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in */
                session_id?: string;
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
                /** @description where it came from; source__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                source?: string;
                /** @description its first event; start_time__…: exact, gt, gte, after, lt, lte, before, range, date, isnull */
                start_time?: string;
                /** @description active (an event within 5 minutes), idle, ended (30 minutes, or by a call); state__…: exact */
                state?: string;
                /** @description of its first event; null where the site keeps none; user_agent__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                user_agent?: string;
                /** @description the id that the site itself gave; null = anonymous; user_id__…: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, in, isnull */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_sessions: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the record, or up to 100 */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSession"] | components["schemas"]["NewSession"][];
            };
        };
        responses: {
            /** @description the session that was there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
            /** @description the record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
            /** @description stored; what an array, or a server that takes events only, is answered */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_sessions_record_id: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the record's id */
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_sessions_record_id: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the record's id */
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description nothing shows them any more; what will be done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it is there already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_sessions_record_id_end: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description its id, or the sender's */
                record_id: string;
            };
            cookie?: never;
        };
        /** @description why, api or logout */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Ending"];
            };
        };
        responses: {
            /** @description the session's state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
            /** @description stored; the answer of a server that takes events only */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it is there already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_sites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description sites by id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results?: components["schemas"]["Site"][];
                    };
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_sites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the site */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSite"];
            };
        };
        responses: {
            /** @description the site and its secret write key, shown only now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description it is there already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_sites_site_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the site's id */
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the site */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_v1_sites_site_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the site's id */
                site_id: string;
            };
            cookie?: never;
        };
        /** @description what changes */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteChange"];
            };
        };
        responses: {
            /** @description the site as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_sites_site_id_goals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the site's id */
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all of them with their filters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_v1_sites_site_id_goals_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the goal's or segment's name */
                name: string;
                /** @description the site's id */
                site_id: string;
            };
            cookie?: never;
        };
        /** @description filters as in a question */
        requestBody: {
            content: {
                "application/json": {
                    filters: unknown[];
                };
            };
        };
        responses: {
            /** @description all of them with their filters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_sites_site_id_goals_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the goal's or segment's name */
                name: string;
                /** @description the site's id */
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all of them with their filters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_sites_site_id_segments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the site's id */
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all of them with their filters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_v1_sites_site_id_segments_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the goal's or segment's name */
                name: string;
                /** @description the site's id */
                site_id: string;
            };
            cookie?: never;
        };
        /** @description filters as in a question */
        requestBody: {
            content: {
                "application/json": {
                    filters: unknown[];
                };
            };
        };
        responses: {
            /** @description all of them with their filters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_sites_site_id_segments_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the goal's or segment's name */
                name: string;
                /** @description the site's id */
                site_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all of them with their filters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_v1_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results?: {
                            access: components["schemas"]["Access"];
                            id: string;
                        }[];
                    };
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_v1_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description what it may do */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description the token, shown only now, and its id */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the body is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_tokens_token_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description its id, which is not its secret */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_users_user_id: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the id that the site itself gave */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description nothing shows them any more; what will be done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_v1_visitors_visitor_id: {
        parameters: {
            query?: {
                /** @description the site; may be left out when the token is for one alone */
                site?: string;
            };
            header?: never;
            path: {
                /** @description the first-party or install id that the sender gave */
                visitor_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description nothing shows them any more; what will be done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
            /** @description the request is malformed, or a field of it is wrong */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description no token, or one that is not good (any more) */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the token has not this right */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too many requests; Retry-After says when to come again */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_js_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description such as footfall.js */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the script */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": unknown;
                };
            };
            /** @description as before */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description there is no such thing, for this token at least */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_livez: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it is so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status?: "ok";
                    };
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
        };
    };
    get_readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it is so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status?: "ok";
                    };
                };
            };
            /** @description the store does not answer, or the question takes too long */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
export type Filter = [
    "on" | "before" | "after",
    components["schemas"]["FilterDimension"],
    string[]
] | [
    "on" | "before" | "after",
    components["schemas"]["FilterDimension"],
    string[],
    {
        /** @default true */
        case_sensitive?: boolean;
    }
] | [
    "greater_than" | "less_than" | "at_least" | "at_most",
    components["schemas"]["FilterDimension"],
    number[]
] | [
    "greater_than" | "less_than" | "at_least" | "at_most",
    components["schemas"]["FilterDimension"],
    number[],
    {
        /** @default true */
        case_sensitive?: boolean;
    }
] | [
    "matches" | "matches_not",
    components["schemas"]["FilterDimension"],
    string[]
] | [
    "matches" | "matches_not",
    components["schemas"]["FilterDimension"],
    string[],
    {
        /** @default true */
        case_sensitive?: boolean;
    }
] | [
    "contains" | "contains_not",
    components["schemas"]["FilterDimension"],
    string[]
] | [
    "contains" | "contains_not",
    components["schemas"]["FilterDimension"],
    string[],
    {
        /** @default true */
        case_sensitive?: boolean;
    }
] | [
    "is" | "is_not",
    components["schemas"]["FilterDimension"],
    string[]
] | [
    "is" | "is_not",
    components["schemas"]["FilterDimension"],
    string[],
    {
        /** @default true */
        case_sensitive?: boolean;
    }
] | [
    "is" | "is_not",
    "segment",
    string[]
] | [
    "and" | "or",
    Filter[]
] | [
    "not" | "has_done" | "has_not_done",
    Filter
];
