-- Products. Deleted ones stay: orders, drops and the stock's history point at them.
CREATE TABLE product (
    id          uuid        PRIMARY KEY,
    -- The order of creation: what "newest" means, and unique, so that a page can end between any two products.
    number      bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    name        text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    description text,
    price       bigint      NOT NULL CHECK (price BETWEEN 0 AND 1000000000000),
    category    text,
    image_url   text,
    version     bigint      NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    deleted_at  timestamptz
);

CREATE INDEX product_by_number ON product (number, id) WHERE deleted_at IS NULL;
CREATE INDEX product_by_price ON product (price, id) WHERE deleted_at IS NULL;
CREATE INDEX product_by_name ON product (lower(name) COLLATE "C", id) WHERE deleted_at IS NULL;
CREATE INDEX product_by_category ON product (category, number) WHERE deleted_at IS NULL;

-- Drops that took units of a product and are not over: shoppers see them, and they keep the product from deletion.
CREATE TABLE announced_drop (
    drop_id    uuid        PRIMARY KEY,
    product_id uuid        NOT NULL REFERENCES product,
    closes_at  timestamptz NOT NULL,
    -- The move that announced it; moves that give back carry it as the beginning of their own.
    reference  text        NOT NULL
);

CREATE INDEX announced_drop_by_product ON announced_drop (product_id, closes_at);

-- Every adjustment of a product's stock, by whom and why.
CREATE TABLE stock_adjustment (
    id         uuid        PRIMARY KEY,
    product_id uuid        NOT NULL REFERENCES product,
    delta      bigint      NOT NULL CHECK (delta <> 0),
    reason     text        NOT NULL,
    remaining  bigint      NOT NULL CHECK (remaining >= 0),
    made_by    uuid        NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX stock_adjustment_by_product ON stock_adjustment (product_id, made_at);

-- Units that moved between a product's stock and a drop. The key is what makes a move happen once.
CREATE TABLE stock_move (
    reference    text        PRIMARY KEY,
    product_id   uuid        NOT NULL REFERENCES product,
    delta        bigint      NOT NULL,
    -- The answer, for those who ask again.
    product_name text        NOT NULL,
    remaining    bigint      NOT NULL CHECK (remaining >= 0),
    moved_at     timestamptz NOT NULL DEFAULT now()
);
