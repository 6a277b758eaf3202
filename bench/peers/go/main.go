// The peer: what one would write in Go in place of this service, for shopping carts over REST. gin, a pool of pgx, one prepared
// statement for a read, a transaction for a change; the same tables, the same JSON. The bench compiles it where Go is at hand.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// As long as the service's own carts.
const lifetime = 7 * 24 * time.Hour

// As many as the service has by default.
const connections = 8

type item struct {
	ID          any     `json:"id"`
	CartID      string  `json:"shopping_cart_id"`
	ProductID   any     `json:"product_id"`
	ProductName string  `json:"product_name"`
	Price       decimal `json:"product_price"`
	Quantity    int     `json:"quantity"`
}

type cart struct {
	ID         string  `json:"shopping_cart_id"`
	CustomerID any     `json:"customer_id"`
	CreatedAt  moment  `json:"created_at"`
	UpdatedAt  moment  `json:"updated_at"`
	ItemCount  int     `json:"item_count"`
	Total      decimal `json:"total_amount"`
	Items      []item  `json:"items"`
}

// An amount in hundredths, as a JSON number.
type decimal int64

func (d decimal) MarshalJSON() ([]byte, error) {
	text := strconv.AppendInt(nil, int64(d)/100, 10)
	rest := int64(d) % 100
	if rest == 0 {
		return text, nil
	}
	text = append(text, '.', byte('0'+rest/10))
	if rest%10 != 0 {
		text = append(text, byte('0'+rest%10))
	}
	return text, nil
}

type moment time.Time

func (m moment) MarshalJSON() ([]byte, error) {
	return time.Time(m).UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000Z"`), nil
}

// Ids are text in the tables; those that are numbers are numbers for clients.
func plain(id string) any {
	if number, err := strconv.ParseInt(id, 10, 54); err == nil && number > 0 && id[0] != '0' {
		return number
	}
	return id
}

const selectCart = `
	select c.customer_id, c.created_at, c.updated_at, i.product_id, i.product_name, i.unit_price, i.quantity
	from carts as c left join cart_items as i on i.cart_id = c.cart_id
	where c.cart_id = $1 and (c.expires_at is null or c.expires_at > $2)
	order by i.position`

func loadCart(ctx context.Context, pool *pgxpool.Pool, id string) (*cart, error) {
	rows, err := pool.Query(ctx, selectCart, id, time.Now())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found *cart
	for rows.Next() {
		var customer, product, name *string
		var price *int64
		var quantity *int
		var created, updated time.Time
		if err := rows.Scan(&customer, &created, &updated, &product, &name, &price, &quantity); err != nil {
			return nil, err
		}
		if found == nil {
			found = &cart{ID: id, CreatedAt: moment(created), UpdatedAt: moment(updated), Items: []item{}}
			if customer != nil {
				found.CustomerID = plain(*customer)
			}
		}
		if product == nil {
			continue
		}
		key := plain(*product)
		found.Items = append(found.Items, item{key, id, key, *name, decimal(*price), *quantity})
		found.ItemCount += *quantity
		found.Total += decimal(*price * int64(*quantity))
	}
	return found, rows.Err()
}

type addition struct {
	ProductID json.Number `json:"product_id" binding:"required"`
	Quantity  int         `json:"quantity" binding:"required,min=1,max=9999"`
}

// What a change may find amiss, with the status that says so.
type refusal struct {
	status  int
	message string
}

func (r refusal) Error() string { return r.message }

func addItem(ctx context.Context, pool *pgxpool.Pool, id string, wanted addition) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		now := time.Now()
		var version int64
		err := tx.QueryRow(ctx, `select version from carts
			where cart_id = $1 and status = 'ACTIVE' and expires_at > $2 for update`, id, now).Scan(&version)
		if errors.Is(err, pgx.ErrNoRows) {
			return refusal{http.StatusNotFound, "There is no such cart."}
		} else if err != nil {
			return err
		}
		var name string
		var price int64
		product := wanted.ProductID.String()
		err = tx.QueryRow(ctx, `select name, price from products where product_id = $1`, product).Scan(&name, &price)
		if errors.Is(err, pgx.ErrNoRows) {
			return refusal{http.StatusUnprocessableEntity, "There is no such product."}
		} else if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into cart_items as i
			(cart_id, item_key, product_id, position, product_name, unit_price, quantity) values ($1, $2, $2, $3, $4, $5, $6)
			on conflict (cart_id, item_key) do update set quantity = i.quantity + excluded.quantity`,
			id, product, (version+1)*512, name, price, wanted.Quantity)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update carts set version = version + 1, updated_at = $2, expires_at = date_trunc('second', $3::timestamptz)
			where cart_id = $1`, id, now, now.Add(lifetime))
		return err
	})
}

func main() {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	config.MaxConns = connections
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		log.Fatal(err)
	}
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery())
	router.GET("/health", func(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "healthy"}) })
	router.GET("/shopping-carts/:id", func(c *gin.Context) {
		found, err := loadCart(c.Request.Context(), pool, c.Param("id"))
		switch {
		case err != nil:
			fail(c, err)
		case found == nil:
			fail(c, refusal{http.StatusNotFound, "There is no such cart."})
		default:
			c.JSON(http.StatusOK, found)
		}
	})
	router.POST("/shopping-carts/:id/items", func(c *gin.Context) {
		var wanted addition
		if err := c.ShouldBindJSON(&wanted); err != nil {
			fail(c, refusal{http.StatusBadRequest, err.Error()})
		} else if err := addItem(c.Request.Context(), pool, c.Param("id"), wanted); err != nil {
			fail(c, err)
		} else {
			c.Status(http.StatusNoContent)
		}
	})

	server := &http.Server{Addr: os.Getenv("HOST") + ":" + os.Getenv("PORT"), Handler: router}
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	go func() {
		<-stop.Done()
		_ = server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	pool.Close()
}

func fail(c *gin.Context, err error) {
	var refused refusal
	if errors.As(err, &refused) {
		c.JSON(refused.status, gin.H{"message": refused.message})
		return
	}
	log.Print(err)
	c.JSON(http.StatusInternalServerError, gin.H{"message": "A fault of the service."})
}
